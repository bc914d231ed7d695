//! What the forms of a product say, and the way back to its page.

use domain::{
    patch::Patch,
    product::Product,
    registry::{ProductChange, ProductEdit},
};
use service::{Hermes, ServiceError};

use super::EditForm;
use crate::api::{
    ApiError,
    way_back::{self, REFUSED},
};

/// Says of the product what the form says otherwise than it is shown.
pub(super) async fn edit(
    hermes: &Hermes,
    product: &str,
    form: EditForm,
    was: Option<EditForm>,
) -> Result<ProductChange, ServiceError> {
    let found = hermes.find_product(product).await?;
    let shown = found.ok_or_else(|| ServiceError::NotFound(format!("there is no product `{product}`")))?;
    let edit = difference(form, was.as_ref(), &shown.product)?;
    hermes.edit_product(shown.product.id.as_str(), edit, &way_back::sender()).await
}

fn difference(
    mut form: EditForm,
    was: Option<&EditForm>,
    shown: &Product,
) -> Result<ProductEdit, ServiceError> {
    if let Some(was) = was {
        form = untouched(form, was, EditForm::of(shown));
    }
    let text = |said: String, shown: Option<&String>| match said.trim() {
        said if shown.map_or("", |shown| shown.as_str().trim()) == said => Patch::Keep,
        "" => Patch::Clear,
        _ => Patch::Set(said),
    };
    let tags: Vec<String> = form.tags.split(',').map(|tag| tag.trim().to_owned()).collect();
    let tags: Vec<String> = tags.into_iter().filter(|tag| !tag.is_empty()).collect();
    Ok(ProductEdit {
        name: text(form.name, Some(&shown.name)),
        description: text(form.description, shown.description.as_ref()),
        category: word("category", &form.category, shown.category)?,
        priority: word("priority", &form.priority, shown.priority)?,
        status: word("status", &form.status, shown.status)?,
        repo_url: text(form.repo_url, shown.repo_url.as_ref()),
        production_url: text(form.production_url, shown.production_url.as_ref()),
        staging_url: text(form.staging_url, shown.staging_url.as_ref()),
        owner: text(form.owner, shown.owner.as_ref()),
        tags: if tags == shown.tags { Patch::Keep } else { Patch::Set(tags) },
    })
}

/// What the founder left as it was is as it is by now.
fn untouched(form: EditForm, was: &EditForm, now: EditForm) -> EditForm {
    // A browser ends lines in its own way.
    let same = |said: &str, was: &str| said.replace("\r\n", "\n").trim() == was.replace("\r\n", "\n").trim();
    let field = |said: String, was: &str, now: String| if same(&said, was) { now } else { said };
    EditForm {
        name: field(form.name, &was.name, now.name),
        description: field(form.description, &was.description, now.description),
        category: field(form.category, &was.category, now.category),
        priority: field(form.priority, &was.priority, now.priority),
        status: field(form.status, &was.status, now.status),
        repo_url: field(form.repo_url, &was.repo_url, now.repo_url),
        production_url: field(form.production_url, &was.production_url, now.production_url),
        staging_url: field(form.staging_url, &was.staging_url, now.staging_url),
        owner: field(form.owner, &was.owner, now.owner),
        tags: field(form.tags, &was.tags, now.tags),
    }
}

fn word<T: std::str::FromStr<Err = domain::UnknownValue> + PartialEq>(
    field: &'static str,
    said: &str,
    shown: Option<T>,
) -> Result<Patch<T>, ServiceError> {
    if said.is_empty() {
        return Ok(if shown.is_some() { Patch::Clear } else { Patch::Keep });
    }
    let said: T =
        said.parse().map_err(|reason: T::Err| ServiceError::Field { field, reason: reason.to_string() })?;
    Ok(if shown.as_ref() == Some(&said) { Patch::Keep } else { Patch::Set(said) })
}

/// Sends the browser back to the page with what came of the form, to the part of it that the form stands in.
pub(super) fn lead_back(
    page: &str,
    part: &str,
    done: Result<ProductChange, ServiceError>,
) -> Result<(), ApiError> {
    match done {
        Ok(change) => way_back::lead(page, "changed", &change.id.to_string()),
        Err(error) => {
            tracing::warn!(%error, "a change of a product was refused");
            way_back::lead(&format!("{page}#{part}"), REFUSED, why(&error))
        }
    }
}

/// Why, in a word that the page knows: no text of a request comes back into a page.
fn why(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::Field { field, .. } => field,
        ServiceError::NotFound(_) | ServiceError::Conflict(_) => "stale",
        ServiceError::Invalid(_) => "form",
        ServiceError::Unavailable(_) => "store",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown() -> Product {
        let id = domain::id::ProductId::new("p").unwrap();
        let mut record = domain::product::ProductRecord::placeholder(id, chrono::DateTime::UNIX_EPOCH);
        record.name = Some("Orchard".to_owned());
        record.owner = Some("Ada".to_owned());
        record.tags = Some(vec!["rust".to_owned()]);
        record.view(None)
    }

    #[test]
    fn only_what_differs_is_said() {
        let same = EditForm {
            name: "Orchard".to_owned(),
            owner: " Ada ".to_owned(),
            tags: "rust, ".to_owned(),
            ..EditForm::default()
        };
        assert_eq!(difference(same.clone(), None, &shown()).unwrap(), ProductEdit::default());
        let other = EditForm {
            owner: String::new(),
            tags: "rust, web".to_owned(),
            priority: "P0".to_owned(),
            ..same.clone()
        };
        let edit = difference(other, None, &shown()).unwrap();
        assert_eq!(edit.owner, Patch::Clear);
        assert_eq!(edit.tags, Patch::Set(vec!["rust".to_owned(), "web".to_owned()]));
        assert_eq!(edit.fields(), ["priority", "owner", "tags"]);
        let wrong = EditForm { status: "dead".to_owned(), ..same };
        assert!(matches!(
            difference(wrong, None, &shown()),
            Err(ServiceError::Field { field: "status", .. })
        ));
    }

    #[test]
    fn what_changed_while_a_form_was_written_stays() {
        let was = EditForm { name: "Garden".to_owned(), owner: "Ada".to_owned(), ..EditForm::default() };
        let form = EditForm { owner: "Grace".to_owned(), ..was.clone() };
        let edit = difference(form, Some(&was), &shown()).unwrap();
        assert_eq!(edit, ProductEdit { owner: Patch::Set("Grace".to_owned()), ..ProductEdit::default() });
    }
}
