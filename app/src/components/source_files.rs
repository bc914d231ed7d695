//! The files of a home: what each is, what became of it, what it holds and how fresh it is.

pub mod file_row;

use domain::source::{FileState, SourceFile};
use leptos::prelude::*;

use self::file_row::{FileRow, FileStateBadge};
use crate::{
    components::Told,
    format, links,
    ui::{Icon, IconName, Panel},
};

/// The profile that is the home itself.
const HOME: &str = "default";

/// What the columns are.
const COLUMNS: [&str; 5] = ["File", "State", "Holds", "Size", "Written"];

/// The files of one profile, in their order.
fn by_profile(files: Vec<SourceFile>) -> Vec<(String, Vec<SourceFile>)> {
    let mut groups: Vec<(String, Vec<SourceFile>)> = Vec::new();
    for file in files {
        match groups.iter_mut().find(|(profile, _)| *profile == file.profile) {
            Some((_, group)) => group.push(file),
            None => groups.push((file.profile.clone(), vec![file])),
        }
    }
    groups
}

/// How many files are in which state, in the order of the page; states that no file is in are left out.
fn tally(files: &[SourceFile]) -> Vec<(FileState, u64)> {
    use FileState::{Absent, Copied, Failed, Read, Waiting};
    let count = |state| files.iter().filter(|file| file.state == state).count() as u64;
    let counts = [Failed, Waiting, Read, Copied, Absent].map(|state| (state, count(state)));
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// A table of every file that was found or looked for, by profile; cards where there is no room for a table.
#[component]
pub fn SourceFiles(
    /// The files, by profile and path.
    files: Vec<SourceFile>,
) -> impl IntoView {
    let count = Some(format::number(files.len() as u64));
    let tally = tally(&files);
    // Where all are in one state, every row says so.
    let tally = (tally.len() > 1).then(|| {
        let badge = |(state, count)| {
            view! {
                <li>
                    <FileStateBadge state count=Some(count)/>
                </li>
            }
        };
        view! { <ul class="files-tally">{tally.into_iter().map(badge).collect_view()}</ul> }
    });
    let groups = by_profile(files);
    // One profile needs no heading, unless it is not the home itself.
    let named = groups.len() > 1 || groups.iter().any(|(profile, _)| profile != HOME);
    let group = move |(profile, files): (String, Vec<SourceFile>)| {
        view! {
            <tbody role="rowgroup">
                {named.then(|| view! { <ProfileRow profile count=files.len()/> })}
                {files.into_iter().map(|file| view! { <FileRow file/> }).collect_view()}
            </tbody>
        }
    };
    let head = |name: &'static str| view! { <th role="columnheader" scope="col">{name}</th> };
    view! {
        <Panel
            title="Files"
            count
            actions=|| {
                view! {
                    <a class="btn" data-variant="ghost" data-size="sm" href=links::SOURCES_JSON rel="external">
                        <Icon name=IconName::Braces/>
                        "JSON"
                    </a>
                }
            }
        >
            {tally}
            <table class="files" role="table" aria-label="Files of the Hermes home">
                <thead role="rowgroup">
                    <tr role="row">{COLUMNS.map(head).collect_view()}</tr>
                </thead>
                {groups.into_iter().map(group).collect_view()}
            </table>
        </Panel>
    }
}

/// The heading of a profile.
#[component]
fn ProfileRow(profile: String, count: usize) -> impl IntoView {
    let what = if profile == HOME { "the home itself" } else { "profile" };
    view! {
        <tr class="files-profile" role="row">
            <th role="rowheader" scope="rowgroup" colspan=COLUMNS.len() aria-colspan=COLUMNS.len()>
                <Told text=profile/>
                <span class="t3">{format!(" {what}, {}", format::count(count as u64, "file", "files"))}</span>
            </th>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::source::FileKind;

    use super::*;

    fn file(profile: &str, state: FileState) -> SourceFile {
        SourceFile {
            profile: profile.to_owned(),
            path: "state.db".to_owned(),
            kind: FileKind::Sessions,
            state,
            reason: None,
            modified_at: None,
            bytes: None,
            holds: None,
            schema: None,
        }
    }

    #[test]
    fn files_stand_under_their_profile_in_their_order() {
        let files = ["default", "work", "default"].map(|profile| file(profile, FileState::Read));
        let groups: Vec<_> =
            by_profile(files.into()).into_iter().map(|(profile, files)| (profile, files.len())).collect();
        assert_eq!(groups, [("default".to_owned(), 2), ("work".to_owned(), 1)]);
    }

    #[test]
    fn what_is_wrong_is_counted_first_and_what_there_is_none_of_not_at_all() {
        use FileState::{Absent, Copied, Failed, Read, Waiting};
        let all = [Read, Copied, Waiting, Failed, Absent, Absent].map(|state| file("default", state));
        assert_eq!(tally(&all), [(Failed, 1), (Waiting, 1), (Read, 1), (Copied, 1), (Absent, 2)]);
        assert_eq!(tally(&all[..1]), [(Read, 1)]);
    }
}
