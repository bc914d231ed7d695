//! The founder's world, as the files in `data/` have it: a JSON object a line.

use domain::{
    agent::{AgentHealth, AgentType, Rate},
    attention::AttentionReason,
    id::{AgentId, JobId, ProductId},
    product::{ProductCategory, ProductStatus, slugify},
    task::{Percent, Priority, TaskSource, TaskStatus, TaskType},
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::Error;

/// Everything that tasks are made of.
pub(crate) struct Catalogue {
    pub(crate) products: Vec<Product>,
    pub(crate) stacks: Vec<Stack>,
    pub(crate) work: Vec<Work>,
    pub(crate) agents: Vec<Agent>,
    pub(crate) jobs: Vec<Job>,
    pub(crate) stories: Vec<Story>,
}

/// A product as the file has it.
#[derive(Clone, Deserialize)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) category: ProductCategory,
    pub(crate) status: ProductStatus,
    pub(crate) priority: Priority,
    /// How much is done for it, beside the others.
    pub(crate) pace: f64,
    /// For how many days nothing was done for it.
    #[serde(default)]
    pub(crate) quiet: u32,
    pub(crate) stack: String,
    pub(crate) areas: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) owner: String,
    pub(crate) text: String,
}

/// A product with what follows from its row.
pub(crate) struct Product {
    pub(crate) row: Row,
    pub(crate) id: ProductId,
    pub(crate) slug: String,
    pub(crate) stack: usize,
}

/// What a product is built with.
#[derive(Deserialize)]
pub(crate) struct Stack {
    #[serde(rename = "stack")]
    pub(crate) name: String,
    pub(crate) test: String,
    pub(crate) build: String,
    pub(crate) deploy: String,
    pub(crate) files: Vec<String>,
    pub(crate) commands: Vec<String>,
}

/// Words of one type of task.
#[derive(Deserialize)]
pub(crate) struct Work {
    #[serde(rename = "type")]
    pub(crate) task_type: TaskType,
    pub(crate) weight: f64,
    /// How long it takes, from and to.
    pub(crate) minutes: [f64; 2],
    pub(crate) titles: Vec<String>,
    pub(crate) why: Vec<String>,
    pub(crate) done: String,
    pub(crate) steps: Vec<String>,
    pub(crate) results: Vec<String>,
    pub(crate) failures: Vec<String>,
    pub(crate) lessons: Vec<String>,
}

/// A worker. Times are minutes before now.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Agent {
    pub(crate) id: AgentId,
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: AgentType,
    pub(crate) status: AgentHealth,
    pub(crate) calls: Option<u64>,
    pub(crate) failure_rate: Option<Rate>,
    pub(crate) latency: Option<f64>,
    pub(crate) ok: Option<i64>,
    pub(crate) bad: Option<i64>,
    pub(crate) issue: Option<String>,
}

/// A scheduled job. Times are minutes from now.
#[derive(Deserialize)]
pub(crate) struct Job {
    pub(crate) id: JobId,
    pub(crate) name: String,
    pub(crate) schedule: String,
    pub(crate) every: i64,
    pub(crate) next: i64,
    pub(crate) product: Option<ProductId>,
    pub(crate) status: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) delivery: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) enabled: Option<bool>,
}

/// A task that is told as it stands. Times are minutes before now; `last` is the end of one that ended, and of an
/// open one when it was last heard of.
#[derive(Deserialize)]
pub(crate) struct Story {
    pub(crate) product: String,
    pub(crate) title: String,
    pub(crate) text: String,
    #[serde(rename = "type")]
    pub(crate) task_type: TaskType,
    pub(crate) priority: Priority,
    pub(crate) source: TaskSource,
    pub(crate) agent: AgentId,
    pub(crate) created: i64,
    pub(crate) started: Option<i64>,
    pub(crate) last: Option<i64>,
    pub(crate) status: TaskStatus,
    pub(crate) progress: Option<Percent>,
    pub(crate) steps: Vec<String>,
    pub(crate) blocker: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) result: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) lesson: Option<String>,
    #[serde(default)]
    pub(crate) attention: Vec<AttentionReason>,
    #[serde(default)]
    pub(crate) retries: u32,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
    #[serde(default)]
    pub(crate) inferred: Vec<String>,
}

impl Catalogue {
    /// The world with so many products. Beyond those that have a row, rows come again under numbered names.
    pub(crate) fn load(products: usize) -> Result<Self, Error> {
        let rows: Vec<Row> = read("products.jsonl", include_str!("../data/products.jsonl"))?;
        let stacks: Vec<Stack> = read("stacks.jsonl", include_str!("../data/stacks.jsonl"))?;
        let rows = rows.iter().cycle().take(products).enumerate().map(|(index, row)| {
            let mut row = row.clone();
            if index >= rows.len() {
                row.name = format!("{} {}", row.name, index / rows.len() + 1);
            }
            row
        });
        Ok(Self {
            products: rows.map(|row| Product::new(row, &stacks)).collect::<Result<_, _>>()?,
            work: read("work.jsonl", include_str!("../data/work.jsonl"))?,
            agents: read("agents.jsonl", include_str!("../data/agents.jsonl"))?,
            jobs: read("jobs.jsonl", include_str!("../data/jobs.jsonl"))?,
            stories: read("stories.jsonl", include_str!("../data/stories.jsonl"))?,
            stacks,
        })
    }

    /// Where the product of that name in links stands.
    pub(crate) fn product(&self, slug: &str) -> Option<usize> {
        self.products.iter().position(|product| product.slug == slug)
    }
}

impl Product {
    fn new(row: Row, stacks: &[Stack]) -> Result<Self, Error> {
        let slug = slugify(&row.name);
        let stack = stacks.iter().position(|stack| stack.name == row.stack);
        let stack = stack.ok_or_else(|| Error::Data {
            file: "products.jsonl",
            line: 0,
            reason: format!("`{}` is not in stacks.jsonl", row.stack),
        })?;
        Ok(Self { id: ProductId::new(&slug)?, slug, stack, row })
    }

    /// Its source code.
    pub(crate) fn repo_url(&self) -> String {
        format!("https://git.example/studio/{}", self.slug)
    }

    /// Where it runs. Ideas run nowhere.
    pub(crate) fn production_url(&self) -> Option<String> {
        let lives = !matches!(self.row.status, ProductStatus::Idea | ProductStatus::Archived);
        let host = match self.row.category {
            ProductCategory::InternalTool | ProductCategory::DataPipeline | ProductCategory::DevOpsTool => {
                format!("{}.studio.example", self.slug)
            }
            _ => format!("{}.example", self.slug),
        };
        lives.then(|| format!("https://{host}"))
    }

    /// Where it is tried out. Only what is developed has such a place.
    pub(crate) fn staging_url(&self) -> Option<String> {
        let tried = self.row.status == ProductStatus::Active
            && !matches!(self.row.category, ProductCategory::BrowserExtension | ProductCategory::MobileApp);
        tried.then(|| format!("https://staging.{}.example", self.slug))
    }
}

fn read<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, Error> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty());
    let rows = lines.map(|(index, line)| {
        let told =
            |error: serde_json::Error| Error::Data { file, line: index + 1, reason: error.to_string() };
        serde_json::from_str(line).map_err(told)
    });
    rows.collect()
}
