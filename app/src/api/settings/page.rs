//! What a section of the page shows.

use domain::{
    query::PageRequest,
    settings::{
        Section, Settings, SettingsVersion,
        diff::diff,
        form::{Group, Values, groups, values},
    },
};
use service::{Hermes, ServiceError};

use super::{Demo, Extra, FIELDS, ProductRow, SettingsView, Shown, Telling, Tone, VersionRow, words};

/// Versions that the page lists.
const VERSIONS: u32 = 8;

/// More products than any founder has: the registry is one page.
const PRODUCTS: u32 = 10_000;

pub(super) async fn page(
    hermes: &Hermes,
    section: Section,
    saved: Option<u64>,
    shown: Option<Shown>,
    demo: Option<Demo>,
) -> Result<SettingsView, ServiceError> {
    let version = hermes.settings_version().await?;
    let shown = shown.filter(|shown| shown.section == section).unwrap_or_default();
    let stored = values(&version.settings);
    let filled = shown.values.as_ref().unwrap_or(&stored);
    let products = products(hermes).await?;
    let mut groups = groups(section, filled, &choices(&products));
    mark(&mut groups, &shown);
    let settings = shown.settings.as_ref().unwrap_or(&version.settings);
    let told = match shown.told {
        Some(told) => Some(told),
        None => saved.filter(|saved| *saved == version.line.version && *saved > 0).map(stored_now),
    };
    Ok(SettingsView {
        section,
        now: hermes.now(),
        zone: hermes.zone().await?,
        changes: changes(&groups, &stored),
        about: words::about(section).to_owned(),
        effect: hermes
            .preview_settings(section, settings)
            .await?
            .map(|preview| words::effect(section, preview)),
        extra: extra(hermes, section, settings, products, shown.import, demo).await?,
        versions: versions(hermes, &version).await?,
        told,
        groups,
        version: version.line,
    })
}

/// How many fields of the form say another thing than what is stored.
pub(super) fn changes(groups: &[Group], stored: &Values) -> usize {
    let fields = groups.iter().flat_map(|group| &group.items).flat_map(|item| &item.fields);
    let text = |name: &str| stored.get(name).map_or("", |text| text.trim());
    let names: std::collections::BTreeSet<&str> = fields.clone().map(|field| &*field.name).collect();
    // Rules that were taken away leave no field behind.
    let lists: Vec<&str> = ["priorityRules.", "retryRules."]
        .into_iter()
        .filter(|kind| names.iter().any(|name| name.starts_with(kind)))
        .collect();
    let gone = stored
        .keys()
        .filter(|name| lists.iter().any(|kind| name.starts_with(kind)) && !names.contains(&***name));
    fields.filter(|field| field.value.trim() != text(&field.name)).count() + gone.count()
}

/// Puts what is wrong at its field.
fn mark(groups: &mut [Group], shown: &Shown) {
    let fields = groups.iter_mut().flat_map(|group| &mut group.items).flat_map(|item| &mut item.fields);
    for field in fields {
        let wrong = shown.wrong.iter().find(|wrong| wrong.field == field.name);
        field.error = wrong.map(|wrong| wrong.message.clone());
    }
}

fn stored_now(version: u64) -> Telling {
    Telling {
        tone: Tone::Ok,
        title: format!("Saved as version {version}."),
        text: "It is in force.".to_owned(),
        changed: Vec::new(),
        undo: Some(version - 1),
    }
}

pub(super) async fn products(hermes: &Hermes) -> Result<Vec<ProductRow>, ServiceError> {
    let products = hermes.products(PageRequest { page: 1, per_page: PRODUCTS }).await?.items;
    let row = |product: domain::product::Product| ProductRow {
        category: product.category.map(|category| category.label().to_owned()),
        status: product.status.map(|status| status.label().to_owned()),
        priority: product.priority,
        id: product.id,
        name: product.name,
        slug: product.slug,
    };
    Ok(products.into_iter().map(row).collect())
}

/// The products as a rule may name them.
pub(super) fn choices(products: &[ProductRow]) -> Vec<(String, String)> {
    products.iter().map(|product| (product.id.to_string(), product.name.clone())).collect()
}

async fn extra(
    hermes: &Hermes,
    section: Section,
    settings: &Settings,
    products: Vec<ProductRow>,
    import: Option<Extra>,
    demo: Option<Demo>,
) -> Result<Extra, ServiceError> {
    Ok(match section {
        Section::Products => Extra::Products { products },
        Section::Retention => {
            let (stripped, deleted) = hermes.too_old(settings.retention).await?;
            let last = hermes.last_retention().await?;
            Extra::Retention { last, bytes: hermes.info().await?.bytes, stripped, deleted }
        }
        Section::Transfer => {
            import.unwrap_or(Extra::Transfer { text: String::new(), error: None, changes: None })
        }
        Section::Demo => {
            let demo = demo.unwrap_or_default();
            let location = hermes.info().await?.location;
            Extra::Demo { demo: hermes.is_demo(), location, offered: demo.offered, url: demo.url }
        }
        _ => Extra::None,
    })
}

async fn versions(hermes: &Hermes, now: &SettingsVersion) -> Result<Vec<VersionRow>, ServiceError> {
    if now.line.version == 0 {
        return Ok(Vec::new());
    }
    let page = PageRequest { page: 1, per_page: VERSIONS + 1 };
    let mut all = hermes.settings_versions(page).await?.items;
    // The first one changed the defaults.
    all.push(SettingsVersion::default());
    let pairs = all.windows(2).take(VERSIONS as usize);
    let row = |pair: &[SettingsVersion]| {
        let [new, old] = pair else { return None };
        let mut changed = diff(&old.settings, &new.settings);
        let total = changed.len();
        changed.truncate(FIELDS);
        Some(VersionRow { line: new.line.clone(), changed, total })
    };
    Ok(pairs.filter_map(row).collect())
}
