//! `projects.db`: the agent's own list of products, and how the work finds its product.

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, Utc};
use domain::{
    patch::Patch,
    product::{ProductPatch, ProductStatus},
    telemetry::Body,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    database::Reading,
    ids,
    pass::{Notes, Pass},
    table::{Cells, Table, query},
    time,
};

/// A product that the agent knows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Project {
    pub(crate) id: String,
    pub(crate) slug: String,
    name: String,
    description: Option<String>,
    archived: bool,
    created_at: Option<DateTime<Utc>>,
    folders: Vec<String>,
    board: Option<String>,
}

/// The products that the agent knows, by id.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Projects(Vec<Project>);

/// What tells which product some work is for: the strongest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Clues {
    /// A project that is named by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) project: Option<String>,
    /// Folders: of the session, the job, the card's workspace, the repository, the commands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) folders: Vec<String>,
    /// The repository in which the agent recognised checks: weaker than any folder that is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) root: Option<String>,
    /// Texts that may name a product: only a guess.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) words: Vec<String>,
}

/// How the id of a product begins that is a repository, no project of the agent's. Its folder follows.
const REPOSITORY: &str = "hermes:repo:";

/// Folders that are kept of one piece of work.
const MOST_FOLDERS: usize = 16;

impl Clues {
    /// Adds a folder, the strongest first.
    pub(crate) fn folder(&mut self, folder: Option<String>) {
        if let Some(folder) = folder.map(|folder| trimmed(&folder).to_owned())
            && folder.starts_with('/')
            && self.folders.len() < MOST_FOLDERS
            && !self.folders.contains(&folder)
        {
            self.folders.push(folder);
        }
    }

    /// Adds a text that may name a product.
    pub(crate) fn word(&mut self, text: Option<&str>) {
        if let Some(text) = text.filter(|text| self.words.len() < 2 && !text.is_empty()) {
            self.words.push(crate::session::tool::clip(text, 400));
        }
    }

    /// The texts that may name a product, in the place of those before.
    pub(crate) fn words(&mut self, texts: &[Option<&str>]) {
        self.words.clear();
        texts.iter().for_each(|text| self.word(*text));
    }

    /// Adds weaker clues of another piece of work, a parent's.
    pub(crate) fn weaker(&mut self, other: &Self) {
        if self.project.is_none() {
            self.project.clone_from(&other.project);
        }
        other.folders.iter().for_each(|folder| self.folder(Some(folder.clone())));
    }
}

/// The product of some work, and how it was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found {
    /// One of the agent's projects.
    Project {
        /// Its id in the ledger.
        id: domain::id::ProductId,
        /// Whether only a text named it.
        guessed: bool,
    },
    /// A repository that is no project of the agent's.
    Repository {
        /// Its id in the ledger.
        id: domain::id::ProductId,
        /// Its folder.
        root: String,
    },
    /// Nothing tells.
    Unknown,
}

impl Found {
    /// Whether only a text named the product.
    pub(crate) fn is_guess(&self) -> bool {
        matches!(self, Self::Project { guessed: true, .. })
    }

    /// The product, where one was found.
    pub(crate) fn id(&self) -> Option<&domain::id::ProductId> {
        match self {
            Self::Project { id, .. } | Self::Repository { id, .. } => Some(id),
            Self::Unknown => None,
        }
    }
}

impl Projects {
    /// Reads the projects; nothing where there is no table of them.
    pub(crate) async fn read(
        reading: &mut Reading,
        work: &mut crate::Work,
        notes: &mut Notes,
        place: &str,
    ) -> Result<Option<Self>, sqlx::Error> {
        let conn = &mut reading.conn;
        let Some(table) = Table::of(conn, "projects").await? else {
            notes.skip(place, "without the table `projects` there is nothing to read");
            return Ok(None);
        };
        let columns =
            ["id", "slug", "name", "description", "primary_path", "created_at", "archived", "board_slug"];
        let mut projects = BTreeMap::new();
        for row in query(table.select(&columns)).fetch_all(&mut *conn).await? {
            work.other_rows += 1;
            let cells = Cells(&row);
            let Some(id) = cells.text(0) else { continue };
            let slug = cells.text(1).unwrap_or_else(|| id.clone());
            let project = Project {
                name: cells.text(2).unwrap_or_else(|| slug.clone()),
                slug,
                description: cells.text(3),
                folders: cells.text(4).into_iter().map(|path| trimmed(&path).to_owned()).collect(),
                created_at: cells.real(5).and_then(time::seconds),
                archived: cells.int(6) == Some(1),
                board: cells.text(7),
                id: id.clone(),
            };
            projects.insert(id, project);
        }
        if let Some(table) = Table::of(conn, "project_folders").await? {
            for row in query(table.select(&["project_id", "path"])).fetch_all(&mut *conn).await? {
                work.other_rows += 1;
                let cells = Cells(&row);
                if let (Some(id), Some(path)) = (cells.text(0), cells.text(1))
                    && let Some(project) = projects.get_mut(&id)
                    && !project.folders.iter().any(|known| known == trimmed(&path))
                {
                    project.folders.push(trimmed(&path).to_owned());
                }
            }
        }
        Ok(Some(Self(projects.into_values().collect())))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells the ledger of them.
    pub(crate) fn tell(&self, pass: &mut Pass<'_>, profile: &str) {
        for project in &self.0 {
            let id = product_id(&project.slug);
            let status = if project.archived { ProductStatus::Archived } else { ProductStatus::Active };
            let patch = ProductPatch {
                name: Patch::Set(project.name.clone()),
                slug: Patch::Set(project.slug.clone()),
                description: project.description.clone().map_or(Patch::Clear, Patch::Set),
                status: Patch::Set(status),
                created_at: project.created_at.into(),
                ..ProductPatch::default()
            };
            let at = project.created_at.unwrap_or(DateTime::UNIX_EPOCH);
            let entity = ids::join(&["project", profile, &project.id]);
            pass.state(
                &entity,
                at,
                Body::Product(id, Box::new(patch)),
                json!({ "product": product_id(&project.slug) }),
            );
        }
    }

    /// Puts away the repositories that lie in a folder of a project: what was told for them is told for the project.
    pub(crate) fn retire_repositories(&self, pass: &mut Pass<'_>) {
        let mut changed = Vec::new();
        for (rest, entity) in pass.entities.under("repo:") {
            let Some(product) = entity.facts.get("product").and_then(serde_json::Value::as_str) else {
                continue;
            };
            let Some(root) = product.strip_prefix(REPOSITORY) else { continue };
            let retired = entity.facts.get("retired").is_some();
            if self.containing(root).is_some() != retired {
                changed.push((format!("repo:{rest}"), product.to_owned(), !retired));
            }
        }
        for (entity, product, retire) in changed {
            let status = if retire { Patch::Set(ProductStatus::Archived) } else { Patch::Clear };
            let facts = if retire {
                json!({ "product": product, "retired": true })
            } else {
                json!({ "product": product })
            };
            let patch = ProductPatch { status, ..ProductPatch::default() };
            let body = Body::Product(ids::product(&product), Box::new(patch));
            pass.state(&entity, DateTime::UNIX_EPOCH, body, facts);
        }
    }

    /// The product of some work: a project that is named; one whose folder contains a folder of the work (the
    /// longest match); a repository that is no project; else the one project that a text names.
    pub(crate) fn find(&self, clues: &Clues, repository: Option<&str>) -> Found {
        let named = clues.project.as_ref().and_then(|id| self.0.iter().find(|project| project.id == *id));
        let by_folder = || clues.folders.iter().chain(&clues.root).find_map(|folder| self.containing(folder));
        if let Some(project) = named.or_else(by_folder) {
            return Found::Project { id: product_id(&project.slug), guessed: false };
        }
        if let Some(root) = repository.or(clues.root.as_deref()) {
            return Found::Repository {
                id: ids::product(ids::join(&["hermes", "repo", root])),
                root: root.to_owned(),
            };
        }
        match self.named_in(&clues.words) {
            Some(project) => Found::Project { id: product_id(&project.slug), guessed: true },
            None => Found::Unknown,
        }
    }

    fn containing(&self, folder: &str) -> Option<&Project> {
        let length = |project: &&Project| {
            let inside = project.folders.iter().filter(|own| Path::new(folder).starts_with(own));
            inside.map(String::len).max()
        };
        self.0.iter().filter(|project| length(project).is_some()).max_by_key(length)
    }

    /// The one project that the texts name; none where they name two.
    fn named_in(&self, words: &[String]) -> Option<&Project> {
        let text = words.join("\n").to_lowercase();
        let names = |project: &&Project| {
            [&project.slug, &project.name].iter().any(|name| has_word(&text, &name.to_lowercase()))
        };
        let mut named = self.0.iter().filter(names);
        let first = named.next();
        first.filter(|_| named.next().is_none())
    }

    /// The fingerprint of what decides the product of some work.
    pub(crate) fn print(&self) -> u64 {
        let parts: Vec<_> = self
            .0
            .iter()
            .map(|project| (&project.id, &project.slug, &project.name, &project.folders))
            .collect();
        crate::hash::of_json(&parts)
    }

    /// The project whose tasks stand on that board.
    pub(crate) fn of_board(&self, board: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|project| project.board.as_deref() == Some(board))
            .map(|project| project.id.as_str())
    }
}

/// The id of a project's product.
fn product_id(slug: &str) -> domain::id::ProductId {
    ids::product(ids::join(&["hermes", slug]))
}

/// Tells the ledger of a repository that is no project: its name is its folder's.
pub(crate) fn tell_repository(pass: &mut Pass<'_>, found: &Found, at: DateTime<Utc>) {
    let Found::Repository { id, root } = found else { return };
    let entity = ids::join(&["repo", root]);
    if pass.entities.under(&entity).any(|(rest, _)| rest.is_empty()) {
        return;
    }
    let name = Path::new(root).file_name().map_or(root.as_str().into(), |name| name.to_string_lossy());
    let patch = ProductPatch {
        name: Patch::Set(name.clone().into_owned()),
        inferred: Patch::Set(vec!["name".to_owned()]),
        ..ProductPatch::default()
    };
    pass.state(&entity, at, Body::Product(id.clone(), Box::new(patch)), json!({ "product": id }));
}

fn trimmed(path: &str) -> &str {
    let path = path.trim();
    if path.len() > 1 { path.trim_end_matches('/') } else { path }
}

/// Whether `text` has `word` with no letter, digit, `-` or `_` around it.
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    word.chars().count() > 2
        && text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(part) && !after.is_some_and(part)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn projects() -> Projects {
        let project = |slug: &str, folders: &[&str]| Project {
            id: format!("p_{slug}"),
            slug: slug.to_owned(),
            name: slug.replace('-', " "),
            description: None,
            archived: false,
            created_at: None,
            folders: folders.iter().map(|folder| (*folder).to_owned()).collect(),
            board: None,
        };
        Projects(vec![project("shop", &["/srv/shop"]), project("shop-api", &["/srv/shop/api"])])
    }

    fn found(clues: &Clues, repository: Option<&str>) -> String {
        let found = projects().find(clues, repository);
        let guess = if matches!(found, Found::Project { guessed: true, .. }) { " (guessed)" } else { "" };
        found.id().map_or("none".to_owned(), |id| format!("{id}{guess}"))
    }

    #[test]
    fn the_longest_folder_wins_and_a_sibling_with_the_same_beginning_does_not() {
        let at = |folder: &str| {
            let mut clues = Clues::default();
            clues.folder(Some(folder.to_owned()));
            found(&clues, None)
        };
        assert_eq!(at("/srv/shop/api/src"), "hermes:shop-api");
        assert_eq!(at("/srv/shop/web/"), "hermes:shop");
        assert_eq!(at("/srv/shopping"), "none");
    }

    #[test]
    fn a_repository_is_a_product_and_a_text_only_a_guess() {
        let mut clues = Clues::default();
        clues.word(Some("Deploy shop-api to staging"));
        assert_eq!(found(&clues, Some("/srv/other")), "hermes:repo:/srv/other");
        assert_eq!(found(&clues, None), "hermes:shop-api (guessed)");
        clues.word(Some("and the shop, too"));
        assert_eq!(found(&clues, None), "none", "two are named");
    }
}
