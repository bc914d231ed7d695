//! The product: one of the founder's many. The brief's `HermesProduct`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    id::ProductId,
    task::{Percent, Priority},
};

string_enum! {
    /// What kind of thing a product is.
    pub enum ProductCategory as "product category" {
        Saas = "SaaS", "SaaS";
        AiApp = "AI app", "AI app";
        MobileApp = "mobile app", "Mobile app";
        InternalTool = "internal tool", "Internal tool";
        Website = "website", "Website";
        Api = "API", "API";
        Automation = "automation", "Automation";
        BrowserExtension = "browser extension", "Browser extension";
        DataPipeline = "data pipeline", "Data pipeline";
        DevOpsTool = "DevOps tool", "DevOps tool";
    }
}

string_enum! {
    /// What the founder does with a product at present.
    pub enum ProductStatus as "product status" {
        Active = "active", "Active";
        Paused = "paused", "Paused";
        Maintenance = "maintenance", "Maintenance";
        Archived = "archived", "Archived";
        Idea = "idea", "Idea";
    }
}

record! {
    /// What all lines together say of a product. Stores keep this; readers get [`Product`].
    pub struct ProductRecord, patch ProductPatch, id ProductId {
        /// What people call it.
        name: String = "name",
        /// Its name in links.
        slug: String = "slug",
        /// What it is, in a sentence or two.
        description: String = "description",
        /// What kind of thing it is.
        category: ProductCategory = "category",
        /// Its source code.
        repo_url: String = "repoUrl",
        /// Where it runs.
        production_url: String = "productionUrl",
        /// Where it is tried out.
        staging_url: String = "stagingUrl",
        /// Whose it is.
        owner: String = "owner",
        /// How much it matters.
        priority: Priority = "priority",
        /// What the founder does with it at present.
        status: ProductStatus = "status",
        /// Its health as a source told it, 0 to 100.
        health_score: Percent = "healthScore",
        /// Free labels.
        tags: Vec<String> = "tags",
        /// When a source says that Hermes last worked on it.
        last_hermes_activity_at: DateTime<Utc> = "lastHermesActivityAt",
        /// When it was last deployed.
        last_deployment_at: DateTime<Utc> = "lastDeploymentAt",
        /// When its code last changed.
        last_commit_at: DateTime<Utc> = "lastCommitAt",
        /// Whether a source says that it needs the founder.
        needs_attention: bool = "needsAttention",
        /// When it came into being.
        created_at: DateTime<Utc> = "createdAt",
        /// When a source last changed its entry.
        updated_at: DateTime<Utc> = "updatedAt",
        /// JSON names of the fields whose values a source guessed rather than read.
        inferred: Vec<String> = "inferred",
    }
}

/// A product as readers see it: the brief's `HermesProduct`, with what nobody told as `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each field is documented on ProductRecord")]
pub struct Product {
    pub id: ProductId,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub category: Option<ProductCategory>,
    pub repo_url: Option<String>,
    pub production_url: Option<String>,
    pub staging_url: Option<String>,
    pub owner: Option<String>,
    pub priority: Option<Priority>,
    pub status: Option<ProductStatus>,
    pub health_score: Option<Percent>,
    pub tags: Vec<String>,
    /// The later of what a source told and of the last line about one of its tasks.
    pub last_hermes_activity_at: Option<DateTime<Utc>>,
    pub last_deployment_at: Option<DateTime<Utc>>,
    pub last_commit_at: Option<DateTime<Utc>>,
    pub needs_attention: Option<bool>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// JSON names of the fields that we or a source guessed; the page marks them.
    pub inferred: Vec<String>,
}

/// A name as it stands in a link: lower case words joined by `-`.
///
/// ```
/// assert_eq!(domain::product::slugify("Orchard Desk"), "orchard-desk");
/// ```
pub fn slugify(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

impl Product {
    /// Whether it is out of the portfolio's figures.
    pub fn is_archived(&self) -> bool {
        self.status == Some(ProductStatus::Archived)
    }

    /// Puts them in the order of their names, without regard to case; the id breaks ties.
    pub fn sort(products: &mut [Self]) {
        products.sort_by_cached_key(|product| (product.name.to_lowercase(), product.id.clone()));
    }
}

impl ProductRecord {
    /// The name in links: as told, else made from the name or the id.
    pub fn slug_or_made(&self) -> String {
        let made = || slugify(self.name.as_deref().unwrap_or_default());
        // A name without a letter makes no slug; the id is found by the same links.
        self.slug
            .clone()
            .or_else(|| Some(made()).filter(|slug| !slug.is_empty()))
            .unwrap_or_else(|| self.id.to_string())
    }

    /// The product as readers see it. `task_activity` is the last time a line spoke of one of its tasks.
    pub fn view(self, task_activity: Option<DateTime<Utc>>) -> Product {
        let mut inferred = self.inferred.clone().unwrap_or_default();
        if self.slug.is_none() {
            inferred.push("slug".to_owned());
        }
        if self.name.is_none() {
            inferred.push("name".to_owned());
        }
        Product {
            slug: self.slug_or_made(),
            name: self.name.unwrap_or_else(|| self.id.to_string()),
            id: self.id,
            description: self.description,
            category: self.category,
            repo_url: self.repo_url,
            production_url: self.production_url,
            staging_url: self.staging_url,
            owner: self.owner,
            priority: self.priority,
            status: self.status,
            health_score: self.health_score,
            tags: self.tags.unwrap_or_default(),
            last_hermes_activity_at: self.last_hermes_activity_at.max(task_activity),
            last_deployment_at: self.last_deployment_at,
            last_commit_at: self.last_commit_at,
            needs_attention: self.needs_attention,
            created_at: self.created_at.unwrap_or(self.first_seen_at),
            updated_at: self.updated_at.unwrap_or(self.last_seen_at),
            inferred,
        }
    }
}
