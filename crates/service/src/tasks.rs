//! One task in full: its timeline, its execution, its log, and where its failures came back.

use domain::{
    attention::AttentionItem,
    decision::Subject,
    event::Event,
    id::TaskId,
    insight::{execution::Execution, fingerprint::Recurrence},
    logs::{LogQuery, LogWindow, Reader},
    query::PageRequest,
    run::Run,
    task::Task,
};

use crate::{Hermes, error::Result};

/// All runs of a task: it has as many as it was tried.
const ALL_RUNS: PageRequest = PageRequest { page: 1, per_page: 10_000 };

impl Hermes {
    /// Hands over all events of a task one by one, the oldest first. Nothing where no line ever named the task.
    pub async fn each_event(&self, task: &TaskId, visit: &mut (dyn FnMut(Event) + Send)) -> Result<()> {
        Ok(self.store().each_event(task, visit).await?)
    }

    /// All runs of a task, the oldest first, those of unknown start last.
    pub async fn all_runs(&self, task: &TaskId) -> Result<Vec<Run>> {
        Ok(self.store().runs(task, ALL_RUNS).await?.items)
    }

    /// A page of the log of a task; `None` where no line ever named the task.
    pub async fn task_log(&self, task: &TaskId, query: LogQuery) -> Result<Option<LogWindow>> {
        if self.store().task(task).await?.is_none() {
            return Ok(None);
        }
        let mut reader = Reader::new(query, self.all_runs(task).await?);
        self.store().each_event(task, &mut |event| reader.event(&event)).await?;
        Ok(Some(reader.finish()))
    }

    /// What was done for a task, by its events.
    pub async fn execution(&self, task: &TaskId) -> Result<Execution> {
        let mut execution = Execution::default();
        self.store().each_event(task, &mut |event| execution.add(&event)).await?;
        Ok(execution.finish())
    }

    /// The latest failures of a task, and who else had them; `None` where no line ever named the task.
    pub async fn recurrences(&self, task: &TaskId) -> Result<Option<Vec<Recurrence>>> {
        match self.store().task(task).await? {
            Some(_) => Ok(Some(self.store().recurrences(task).await?)),
            None => Ok(None),
        }
    }

    /// What needs the founder at a task, as the founder left it; `None` where nothing does.
    pub async fn attention_of(&self, task: &Task) -> Result<Option<AttentionItem>> {
        let queue = self.executive().await?.attention;
        let about = Subject::Task(task.id.clone());
        Ok(queue.items.into_iter().chain(queue.aside).find(|item| item.subject == about))
    }
}
