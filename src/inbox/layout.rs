//! Where the parts of the screen are, by its size.

use ratatui::layout::Rect;

/// The smallest screen that shows anything.
pub(super) const MIN_WIDTH: u16 = 30;
pub(super) const MIN_HEIGHT: u16 = 6;

/// The narrowest screen with list and page side by side.
const SPLIT_WIDTH: u16 = 72;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) list: Rect,
    /// Beside the list, if there is room for both.
    pub(super) page: Option<Rect>,
    /// All but the status line.
    pub(super) whole: Rect,
    pub(super) status: Rect,
}

impl Layout {
    /// `None` if the screen is too small.
    pub(super) fn new(width: u16, height: u16) -> Option<Self> {
        if width < MIN_WIDTH || height < MIN_HEIGHT {
            return None;
        }
        let whole = Rect::new(0, 0, width, height - 1);
        let status = Rect::new(0, height - 1, width, 1);
        if width < SPLIT_WIDTH {
            return Some(Self {
                list: whole,
                page: None,
                whole,
                status,
            });
        }
        let list = (width / 5 * 2 + 6).clamp(34, 60);
        Some(Self {
            list: Rect::new(0, 0, list, height - 1),
            // A line between them, with a blank beside it.
            page: Some(Rect::new(list + 2, 0, width - list - 2, height - 1)),
            whole,
            status,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_screen_has_the_list_only_and_a_smaller_one_nothing() {
        for (width, height, list, page) in [
            (80, 24, 38, Some(40)),
            (120, 40, 54, Some(64)),
            (200, 50, 60, Some(138)),
            (71, 24, 71, None),
            (40, 15, 40, None),
        ] {
            let layout = Layout::new(width, height).unwrap();
            assert_eq!((layout.list.width, layout.list.height), (list, height - 1));
            assert_eq!(layout.page.map(|page| page.width), page, "{width}");
        }
        assert_eq!(Layout::new(20, 5), None);
        assert_eq!(Layout::new(0, 0), None);
    }
}
