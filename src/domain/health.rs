//! The results of `desk doctor`: what was looked at, and what to do about it.

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HealthState {
    Ok,
    /// Something to do, but desk works.
    Warning,
    /// desk does not work, or data is at risk.
    Problem,
}

impl HealthState {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HealthCheck {
    /// What it is about, as a word: `store`, `log`, `clock`.
    pub(crate) area: &'static str,
    pub(crate) state: HealthState,
    pub(crate) finding: String,
    /// What to do, where there is something.
    pub(crate) remedy: Option<String>,
}

impl HealthCheck {
    pub(crate) fn ok(area: &'static str, finding: impl Into<String>) -> Self {
        Self {
            area,
            state: HealthState::Ok,
            finding: finding.into(),
            remedy: None,
        }
    }

    pub(crate) fn warning(
        area: &'static str,
        finding: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            state: HealthState::Warning,
            remedy: Some(remedy.into()),
            ..Self::ok(area, finding)
        }
    }

    pub(crate) fn problem(
        area: &'static str,
        finding: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            state: HealthState::Problem,
            ..Self::warning(area, finding, remedy)
        }
    }

    /// Adds what may be done although nothing is wrong.
    pub(crate) fn with_remedy(self, remedy: impl Into<String>) -> Self {
        Self {
            remedy: Some(remedy.into()),
            ..self
        }
    }
}

/// A number of bytes, as people read it.
pub(crate) fn size(bytes: u64) -> String {
    let mut unit = "B";
    let mut tenths = bytes.saturating_mul(10);
    for larger in ["KiB", "MiB", "GiB", "TiB"] {
        if tenths < 10_240 {
            break;
        }
        tenths /= 1024;
        unit = larger;
    }
    if unit == "B" || tenths >= 1_000 {
        format!("{} {unit}", tenths / 10)
    } else {
        format!("{}.{} {unit}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_two_or_three_digits() {
        for (bytes, shown) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1536, "1.5 KiB"),
            (102_400, "100 KiB"),
            (5 * 1024 * 1024, "5.0 MiB"),
            (36 * 1024 * 1024 * 1024, "36.0 GiB"),
            (u64::MAX, "1677721 TiB"),
        ] {
            assert_eq!(size(bytes), shown);
        }
    }
}
