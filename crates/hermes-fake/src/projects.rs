//! `projects.db`: the named projects, one folder each.

use anyhow::Result;
use sqlx::SqliteConnection;

use crate::{rng::Rng, stamp::Time, words};

/// A product that the agent works on.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    pub(crate) id: String,
    pub(crate) slug: String,
    pub(crate) name: String,
    /// Its folder, where sessions start.
    pub(crate) path: String,
}

/// So many projects with different names.
pub(crate) fn make(rng: &mut Rng, count: usize) -> Vec<Project> {
    let all = words::FIRST.len() * words::SECOND.len();
    (0..count.max(1))
        .map(|index| {
            // The step has no factor in common with the number of names, so each comes once.
            let place = index * 37 % all;
            let (first, second) =
                (words::FIRST[place / words::SECOND.len()], words::SECOND[place % words::SECOND.len()]);
            let slug =
                if index < all { format!("{first}-{second}") } else { format!("{first}-{second}-{index}") };
            let name = format!("{}{} {second}", first[..1].to_uppercase(), &first[1..]);
            Project { id: format!("p_{}", rng.hex(8)), path: format!("/srv/work/{slug}"), slug, name }
        })
        .collect()
}

/// Writes them as `hermes projects add` does.
pub(crate) async fn write(db: &mut SqliteConnection, projects: &[Project], at: Time) -> Result<()> {
    for project in projects {
        sqlx::query("INSERT INTO projects (id, slug, name, description, primary_path, created_at) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(&project.id)
            .bind(&project.slug)
            .bind(&project.name)
            .bind(Some("A fictional product"))
            .bind(&project.path)
            .bind(at.timestamp())
            .execute(&mut *db)
            .await?;
        sqlx::query(
            "INSERT INTO project_folders (project_id, path, is_primary, added_at) VALUES (?, ?, 1, ?)",
        )
        .bind(&project.id)
        .bind(&project.path)
        .bind(at.timestamp())
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// The projects of a home that is there already.
pub(crate) async fn read(db: &mut SqliteConnection) -> Result<Vec<Project>> {
    let rows: Vec<(String, String, String, Option<String>)> =
        sqlx::query_as("SELECT id, slug, name, primary_path FROM projects ORDER BY slug")
            .fetch_all(db)
            .await?;
    let project = |(id, slug, name, path): (String, String, String, Option<String>)| {
        let path = path.unwrap_or_else(|| format!("/srv/work/{slug}"));
        Project { id, slug, name, path }
    };
    Ok(rows.into_iter().map(project).collect())
}
