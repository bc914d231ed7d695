//! Where pages stand: how one takes the place of another.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        renderer::{
            Rndr,
            types::{Element, Node},
        },
        ssr::StreamBuilder,
        view::{Position, PositionState, any_view::AnyViewState},
    },
};

/// On what stands between a page and the one whose place it took, until it is painted: `style/layout.css` makes nothing of what
/// comes after, be it seen, told or laid out.
const LEFT: &str = "data-left";

/// A page. Where it takes the place of another one, that one is put out of sight at once, and goes when the new one is painted:
/// to take fifty rows out of a document, and apart, takes longer than to make what is shown instead.
pub(super) struct Outlet(pub(super) AnyView);

/// The page that stands, and what it lives under: both go together, so that nothing of it lives on without the rest.
pub(super) struct Stands {
    // Goes first: it looks into what it lives under.
    page: AnyViewState,
    _owner: Option<Owner>,
}

impl Stands {
    fn new(page: AnyViewState) -> Self {
        Self { page, _owner: Owner::current() }
    }
}

impl Render for Outlet {
    type State = Stands;

    fn build(self) -> Stands {
        Stands::new(self.0.build())
    }

    fn rebuild(self, stands: &mut Stands) {
        let mut next = self.build();
        let mut between = Rndr::create_element("div", None);
        Rndr::set_attribute(&between, LEFT, "");
        stands.insert_before_this(&mut between);
        between.insert_before_this(&mut next);
        let mut left = std::mem::replace(stands, next);
        let goes = move || {
            left.unmount();
            between.unmount();
            drop(left);
        };
        #[cfg(feature = "hydrate")]
        crate::state::once_painted(goes);
        #[cfg(not(feature = "hydrate"))]
        goes();
    }
}

impl Mountable for Stands {
    fn unmount(&mut self) {
        self.page.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.page.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.page.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.page.elements()
    }
}

impl AddAnyAttr for Outlet {
    type Output<A: Attribute> = <AnyView as AddAnyAttr>::Output<A>;

    fn add_any_attr<A: Attribute>(self, attribute: A) -> Self::Output<A>
    where
        Self::Output<A>: RenderHtml,
    {
        self.0.add_any_attr(attribute)
    }
}

/// As the page itself.
impl RenderHtml for Outlet {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = AnyView::MIN_LENGTH;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    async fn resolve(self) -> Self {
        Self(self.0.resolve().await)
    }

    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0.to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0.to_html_async_with_buf::<OUT_OF_ORDER>(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Stands {
        Stands::new(self.0.hydrate::<FROM_SERVER>(cursor, position))
    }

    async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> Stands {
        let owner = Owner::current();
        Stands { page: self.0.hydrate_async(cursor, position).await, _owner: owner }
    }

    fn into_owned(self) -> Self {
        self
    }
}
