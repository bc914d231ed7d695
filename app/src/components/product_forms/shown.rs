//! A product as it will be once what is under way is done.

use domain::product::Product;
use server_fn::ServerFn as _;

use crate::{
    api::products::{EditProductFn, MergeProductFn, UndoProductFn},
    state::{Change, ChangeState},
};

/// The product with what is under way said of it. What failed leaves it as it is.
pub fn shown(mut product: Product, changes: &[Change]) -> Product {
    let slug = product.slug.clone();
    let edits = changes.iter().filter(|change| change.is_shown() && change.to == EditProductFn::url());
    for change in edits.filter(|change| is_about(change, &slug)) {
        say(&mut product, change);
    }
    product
}

/// What of the product is not yet confirmed, in words.
pub fn under_way(slug: &str, changes: &[Change]) -> Option<&'static str> {
    let pending = |change: &&Change| change.state == ChangeState::Pending && is_about(change, slug);
    let change = changes.iter().find(pending)?;
    match &change.to {
        to if to == EditProductFn::url() => Some("Saving what you said of it"),
        to if to == MergeProductFn::url() => Some("Merging it"),
        to if to == UndoProductFn::url() => Some("Taking it back"),
        _ => None,
    }
}

fn is_about(change: &Change, slug: &str) -> bool {
    change.field("product").is_some_and(|product| product == slug)
}

fn say(product: &mut Product, change: &Change) {
    let said = |name: &str| {
        let text = change.field(&format!("edit[{name}]"))?;
        Some(text.trim().to_owned())
    };
    let text = |name: &str, before: Option<String>| match said(name) {
        Some(text) if text.is_empty() => None,
        Some(text) => Some(text),
        None => before,
    };
    product.name = text("name", None).unwrap_or_else(|| product.name.clone());
    product.description = text("description", product.description.take());
    product.owner = text("owner", product.owner.take());
    product.repo_url = text("repo_url", product.repo_url.take());
    product.production_url = text("production_url", product.production_url.take());
    product.staging_url = text("staging_url", product.staging_url.take());
    product.category = said("category").map_or(product.category, |word| word.parse().ok());
    product.priority = said("priority").map_or(product.priority, |word| word.parse().ok());
    product.status = said("status").map_or(product.status, |word| word.parse().ok());
    if let Some(tags) = said("tags") {
        let tags = tags.split(',').map(|tag| tag.trim().to_owned());
        product.tags = tags.filter(|tag| !tag.is_empty()).collect();
    }
}

#[cfg(test)]
mod tests {
    use domain::{id::ProductId, product::ProductRecord, task::Priority};

    use super::*;

    fn product() -> Product {
        let id = ProductId::new("orchard").unwrap();
        let mut record = ProductRecord::placeholder(id, chrono::DateTime::UNIX_EPOCH);
        record.name = Some("Orchard".to_owned());
        record.owner = Some("Ada".to_owned());
        record.view(None)
    }

    fn change(slug: &str, state: ChangeState) -> Change {
        Change {
            key: "k".to_owned(),
            to: EditProductFn::url().to_owned(),
            body: format!(
                "product={slug}&edit%5Bname%5D=+Grove+&edit%5Bowner%5D=&edit%5Bpriority%5D=P0&edit%5Btags%5D=a%2C+b"
            ),
            says: String::new(),
            page: String::new(),
            state,
            told: true,
            refusal: str::to_owned,
        }
    }

    #[test]
    fn what_is_under_way_is_shown_as_said() {
        let before = product();
        let slug = before.slug.clone();
        let pending = [change(&slug, ChangeState::Pending)];
        let after = shown(before.clone(), &pending);
        assert_eq!((&*after.name, after.owner, after.priority), ("Grove", None, Some(Priority::P0)));
        assert_eq!(after.tags, ["a", "b"]);
        assert_eq!(under_way(&slug, &pending), Some("Saving what you said of it"));
    }

    #[test]
    fn what_failed_or_is_of_another_changes_nothing() {
        let before = product();
        let slug = before.slug.clone();
        let failed =
            [change(&slug, ChangeState::Lost("x".to_owned())), change("another", ChangeState::Pending)];
        assert_eq!(shown(before.clone(), &failed), before);
        assert_eq!(under_way(&slug, &failed), None);
    }
}
