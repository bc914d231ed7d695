//! Naming and describing a product.

use domain::{
    product::{ProductCategory, ProductStatus},
    registry::{MAX_DESCRIPTION, MAX_NAME, MAX_URL},
    task::Priority,
};
use leptos::prelude::*;
use server_fn::ServerFn as _;

use crate::{
    api::products::{EditForm, EditProductFn, ProductSheet},
    components::{ChangeForm, Sent, Told},
    ui::{Icon, IconName},
};

/// What a field asks for; `None` for what is no field.
pub(super) fn rule(field: &str) -> Option<&'static str> {
    match field {
        "name" => Some("A product needs a name of at most 120 characters."),
        "description" => Some("At most 1000 characters."),
        "owner" => Some("At most 120 characters."),
        "repoUrl" | "productionUrl" | "stagingUrl" => {
            Some("A link begins with http:// or https:// and has no spaces.")
        }
        "tags" => Some("At most 20 tags of at most 40 characters, separated by commas."),
        "category" | "priority" | "status" => Some("Choose one of the list."),
        _ => None,
    }
}

/// A field of the form: as it is named in JSON, how it is posted, what it is called, and its value now.
struct Field {
    json: &'static str,
    post: &'static str,
    label: &'static str,
    value: String,
}

/// The form that says what a product is.
#[component]
pub fn EditPanel(
    /// What the page shows.
    sheet: StoredValue<ProductSheet>,
    /// The field that the last form was refused for.
    refused: Option<String>,
    /// Whether it stands open already.
    open: bool,
) -> impl IntoView {
    let sent = Sent::new();
    let (slug, says) = sheet.with_value(|sheet| {
        let product = &sheet.insight.product;
        (product.slug.clone(), format!("Say what {} is", crate::format::plain(&product.name)))
    });
    let open = open || refused.as_deref().is_some_and(|why| rule(why).is_some() || why == "body");
    let refused = Signal::derive(move || sent.refused().or_else(|| refused.clone()));
    // What the form was made with goes with it: what changes while it is written is not the founder's word.
    let was =
        sheet.with_value(|sheet| EditForm::of(&sheet.insight.product)).fields().map(|(field, value)| {
            view! { <input type="hidden" name=format!("was[{field}]") value=value/> }
        });
    let fields = sheet.with_value(|sheet| fields(sheet, refused));
    view! {
        <section class="panel" id="edit" aria-label="Edit">
            <details class="pf-edit" open=open>
                <summary>
                    <Icon name=IconName::ChevronRight/>
                    <h2>"Edit this product"</h2>
                    <span class="t3 sm">"What you say wins over telemetry, until you take it back."</span>
                </summary>
                <ChangeForm to=EditProductFn::url() says refusal=super::refused sent>
                    <input type="hidden" name="product" value=slug/>
                    {was.to_vec()}
                    <div class="pf-fields">{fields}</div>
                    <p class="t3 sm">
                        "Archived products leave the figures, the neglect and the attention rules; the status filter of the portfolio finds them."
                    </p>
                    <button class="btn" data-variant="primary">
                        "Save"
                    </button>
                </ChangeForm>
            </details>
        </section>
    }
    .into_any()
}

/// The fields, each with what stands below it.
fn fields(sheet: &ProductSheet, refused: Signal<Option<String>>) -> Vec<AnyView> {
    let (product, told, said) = (&sheet.insight.product, &sheet.told, sheet.edit.fields());
    let about = |json: &'static str, told: Option<String>| about(json, said.contains(&json), told, refused);
    let text = |json, post, label, value: Option<&String>, told: Option<&String>, most: usize| {
        let kind = if most == MAX_URL { "url" } else { "text" };
        let field = Field { json, post, label, value: value.cloned().unwrap_or_default() };
        line(field, kind, most, about(json, told.cloned()))
    };
    let choice = |json, post, label, value: Option<&'static str>, told: Option<&'static str>, options| {
        let field = Field { json, post, label, value: value.unwrap_or_default().to_owned() };
        select(field, options, about(json, told.map(str::to_owned)))
    };
    let kinds = ProductCategory::ALL.iter().map(|kind| (kind.as_str(), kind.label())).collect();
    let priorities = Priority::ALL.iter().map(|priority| (priority.as_str(), priority.label())).collect();
    let statuses = ProductStatus::ALL.iter().map(|status| (status.as_str(), status.label())).collect();
    let (tags, told_tags) = (product.tags.join(", "), told.tags.join(", "));
    let told_tags = Some(&told_tags).filter(|tags| !tags.is_empty());
    let kind = product.category.map(ProductCategory::as_str);
    let priority = product.priority.map(Priority::as_str);
    let status = product.status.map(ProductStatus::as_str);
    let told_kind = told.category.map(ProductCategory::label);
    let told_priority = told.priority.map(Priority::label);
    let told_status = told.status.map(ProductStatus::label);
    let (repo, told_repo) = (product.repo_url.as_ref(), told.repo_url.as_ref());
    let (prod, told_prod) = (product.production_url.as_ref(), told.production_url.as_ref());
    let (staging, told_staging) = (product.staging_url.as_ref(), told.staging_url.as_ref());
    vec![
        text("name", "edit[name]", "Name", Some(&product.name), Some(&told.name), MAX_NAME),
        text("owner", "edit[owner]", "Owner", product.owner.as_ref(), told.owner.as_ref(), MAX_NAME),
        choice("category", "edit[category]", "Category", kind, told_kind, kinds),
        choice("priority", "edit[priority]", "Priority", priority, told_priority, priorities),
        choice("status", "edit[status]", "Status", status, told_status, statuses),
        text("tags", "edit[tags]", "Tags, separated by commas", Some(&tags), told_tags, 900),
        text("repoUrl", "edit[repo_url]", "Repository", repo, told_repo, MAX_URL),
        text("productionUrl", "edit[production_url]", "Production", prod, told_prod, MAX_URL),
        text("stagingUrl", "edit[staging_url]", "Staging", staging, told_staging, MAX_URL),
        long(product.description.clone().unwrap_or_default(), about("description", told.description.clone())),
    ]
}

fn long(value: String, about: AnyView) -> AnyView {
    view! {
        <label class="pf-field pf-wide">
            <span>"Description"</span>
            <textarea class="pf-input" name="edit[description]" rows="3" maxlength=MAX_DESCRIPTION.to_string()>
                {value}
            </textarea>
            {about}
        </label>
    }
    .into_any()
}

/// What stands below a field: its rule where it was refused, else what telemetry says where the founder says otherwise.
fn about(json: &'static str, said: bool, told: Option<String>, refused: Signal<Option<String>>) -> AnyView {
    let wrong = Memo::new(move |_| refused.with(|refused| refused.as_deref() == Some(json)));
    let below = move || {
        if wrong.get() {
            let rule = rule(json).unwrap_or_default();
            return Some(view! { <span class="pf-error" role="alert">{rule}</span> }.into_any());
        }
        let told = match told.clone() {
            Some(told) => view! { "telemetry says " <Told text=told/> }.into_any(),
            None => "telemetry says nothing".into_any(),
        };
        said.then(|| view! { <span class="pf-told">"Your word; " {told}</span> }.into_any())
    };
    view! { {below} }.into_any()
}

fn line(field: Field, kind: &'static str, most: usize, about: AnyView) -> AnyView {
    let required = field.json == "name";
    view! {
        <label class="pf-field">
            <span>{field.label}</span>
            <input class="pf-input" type=kind name=field.post value=field.value maxlength=most.to_string() required=required autocomplete="off"/>
            {about}
        </label>
    }
    .into_any()
}

fn select(field: Field, options: Vec<(&'static str, &'static str)>, about: AnyView) -> AnyView {
    let none = field.value.is_empty();
    let option = |(value, label): (&'static str, &'static str)| {
        let selected = field.value == value;
        view! { <option value=value selected=selected>{label}</option> }
    };
    let options = options.into_iter().map(option).collect::<Vec<_>>();
    view! {
        <label class="pf-field">
            <span>{field.label}</span>
            <select class="pf-input" name=field.post>
                <option value="" selected=none>"Unknown"</option>
                {options}
            </select>
            {about}
        </label>
    }
    .into_any()
}
