//! One file of a home.

use domain::source::{FileState, SourceFile};
use leptos::prelude::*;

use crate::{
    components::{Ago, Told},
    format,
    ui::{Icon, IconName},
};

/// Tone and glyph of a state. The glyph tells it without colour.
fn looks(state: FileState) -> (&'static str, IconName) {
    match state {
        FileState::Read => ("ok", IconName::CircleCheck),
        FileState::Copied => ("ok", IconName::Copy),
        FileState::Waiting => ("accent", IconName::LoaderCircle),
        FileState::Absent => ("idle", IconName::CircleDashed),
        FileState::Failed => ("danger", IconName::CircleX),
    }
}

/// Glyph, word and tone of a state.
#[component]
pub fn FileStateBadge(
    /// The state.
    state: FileState,
    /// How many files are in it, where several are told of at once.
    #[prop(optional_no_strip)]
    count: Option<u64>,
) -> impl IntoView {
    let (tone, glyph) = looks(state);
    view! {
        <span class="status" data-tone=tone>
            <Icon name=glyph/>
            {count.map(|count| view! { <b>{format::number(count)}</b> " " })}
            {state.label()}
        </span>
    }
    .into_any()
}

/// A cell that may be empty; with its label where the table has become a card.
fn cell(class: &'static str, label: &'static str, value: Option<AnyView>) -> impl IntoView + use<> {
    let empty = value.is_none().then_some("");
    let value = value.unwrap_or_else(|| {
        view! {
            <span aria-hidden="true">"–"</span>
            <span class="sr">"none"</span>
        }
        .into_any()
    });
    view! {
        <td class=class role="cell" data-empty=empty>
            {(!label.is_empty()).then(|| view! { <span class="files-label">{label}</span> })}
            {value}
        </td>
    }
}

// tidy: classes files-holds files-num files-written

/// One file: what it is, what became of it, what it holds, and how fresh it is.
#[component]
pub fn FileRow(
    /// The file.
    file: SourceFile,
) -> impl IntoView {
    let reason = file.reason.map(|reason| {
        let tone = (file.state == FileState::Failed).then_some("danger");
        view! {
            <span class="files-reason" data-tone=tone>
                <Told text=reason/>
            </span>
        }
    });
    let holds = file.holds.map(|holds| view! { <span><Told text=holds/></span> });
    let told = (holds.is_some() || reason.is_some()).then(|| view! { {holds} {reason} }.into_any());
    let schema = file.schema.map(|schema| {
        view! {
            <span class="dotsep">
                "schema "
                <Told text=schema/>
            </span>
        }
    });
    let bytes = file.bytes.map(|bytes| format::bytes(bytes).into_any());
    let written = file.modified_at.map(|at| view! { <Ago at/> }.into_any());
    view! {
        <tr class="files-row" role="row" data-state=file.state.as_str()>
            <th class="files-name" role="rowheader" scope="row">
                {file.kind.label()}
                <span class="files-path">
                    <code class="path">
                        <Told text=file.path/>
                    </code>
                    {schema}
                </span>
            </th>
            <td class="files-state" role="cell">
                <FileStateBadge state=file.state/>
            </td>
            {cell("files-holds", "", told)}
            {cell("files-num", "", bytes)}
            {cell("files-written", "written ", written)}
        </tr>
    }
    .into_any()
}
