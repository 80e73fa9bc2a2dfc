//! A bar for a sync that takes its time. A first sync can be interrupted at any moment; the next goes on from there.

use haitang_app::{Phone, Status};
use indicatif::{ProgressBar, ProgressStyle};

use crate::words::{Language, word};

/// Shows what sync does until it is dropped. Nothing is shown where there is no terminal.
pub struct Progress {
    task: tokio::task::JoinHandle<()>,
    bar: ProgressBar,
}

impl Progress {
    /// Begins to watch.
    pub fn watch(phone: &Phone, language: Language) -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len}") {
            bar.set_style(style);
        }
        let (mut seen, shown) = (phone.watch(), bar.clone());
        let task = tokio::spawn(async move {
            while seen.changed().await.is_ok() {
                match seen.borrow_and_update().status {
                    Status::Connecting => shown.set_message(word(language, "progress.connecting")),
                    Status::Sending => shown.set_message(word(language, "progress.sending")),
                    Status::Uploading => shown.set_message(word(language, "progress.uploading")),
                    Status::Receiving { done, total } => {
                        shown.set_message(word(language, "progress.receiving"));
                        shown.set_length(total);
                        shown.set_position(done);
                    }
                    _ => {}
                }
            }
        });
        Self { task, bar }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.task.abort();
        self.bar.finish_and_clear();
    }
}
