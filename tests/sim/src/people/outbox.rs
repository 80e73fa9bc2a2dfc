//! What people do with what was refused, and looking things up.

use haitang_app::{AppError, Phone};
use haitang_disk::Chance;

use super::Around;

pub(super) fn act(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    if chance.one_in(4) {
        phone.catch_up_search()?;
        phone.search("党日")?;
        phone.search_names("cy")?;
        return Ok("search");
    }
    if chance.one_in(8) {
        let exported = phone.export_unsent()?;
        let count = serde_json::from_str::<Vec<serde_json::Value>>(&exported).map_or(0, |all| all.len());
        let held = phone.waiting()?.len() + phone.refused()?.len();
        if count < held {
            return Err(AppError::Internal(format!("{held} commands are unsent and {count} exported")));
        }
        return Ok("export_unsent");
    }
    let refused = phone.refused()?;
    let Some(item) = chance.pick(&refused) else { return Ok("nothing") };
    let device = phone.identity()?.device;
    // Noted before: should the power go in between, either is right.
    around.let_go.push((device, item.seq));
    if chance.one_in(2) {
        phone.discard_refused(item.seq)?;
        return Ok("discard_refused");
    }
    if item.command == "activity.submit_log" {
        let content = phone.refused_log(item.seq)?;
        phone.mend_log(item.seq, content)?;
    } else {
        phone.mend(item.seq)?;
    }
    Ok("mend")
}
