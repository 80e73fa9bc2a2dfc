//! Orgs, members, appointments and transfers.

use haitang_app::{AppError, Phone};
use haitang_disk::Chance;
use haitang_domain::directory::{OrgKind, Role, Switch};
use haitang_domain::time::DAY_MS;

use super::{Around, an_org, one_of, someone};
use crate::town;

pub(super) fn act(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    Ok(match chance.below(12) {
        0 => {
            phone.create_org(an_org(phone, chance)?, OrgKind::Group, &around.text("小组"))?;
            "create_org"
        }
        1 if chance.one_in(3) => {
            let orgs = [town::BRANCH, town::OTHER_BRANCH, town::FAR_BRANCH];
            phone.merge_org(town::id(orgs[chance.below(3)]), town::id(orgs[chance.below(3)]))?;
            "merge_org"
        }
        1 => {
            phone.rename_org(an_org(phone, chance)?, &around.text("支部"))?;
            "rename_org"
        }
        2 => {
            let document = around.text("决议");
            phone.set_switch(
                an_org(phone, chance)?,
                Switch::CheckIn,
                Some(&document).filter(|_| chance.below(4) > 0).map(String::as_str),
            )?;
            "set_switch"
        }
        3 => {
            phone.add_member(an_org(phone, chance)?, &around.text("新成员"), None)?;
            "add_member"
        }
        4 => {
            phone.edit_member(someone(chance), &around.text("改名"), None)?;
            "edit_member"
        }
        5 | 6 => {
            let role = Role::ALL[chance.below(Role::ALL.len())];
            let grid = (role == Role::GridWorker).then_some(town::id(town::GRID));
            let until = chance.one_in(3).then(|| phone.now().plus_millis(DAY_MS));
            phone.appoint(someone(chance), an_org(phone, chance)?, role, grid, until)?;
            "appoint"
        }
        7 => {
            // One of those from the beginning, or one of one's own.
            let own = phone.whoami()?.appointments;
            let appointment =
                if chance.one_in(2) { one_of(chance, &own, |item| item.id) } else { town::id(50 + chance.below(11) as u8) };
            phone.end_appointment(appointment)?;
            "end_appointment"
        }
        8 | 9 => {
            let to = [town::BRANCH, town::OTHER_BRANCH, town::FAR_BRANCH][chance.below(3)];
            phone.request_transfer(someone(chance), town::id(to), &around.text("工作调动"))?;
            "request_transfer"
        }
        _ => decide(phone, chance)?,
    })
}

pub(super) fn decide(phone: &Phone, chance: &mut Chance) -> Result<&'static str, AppError> {
    let waiting = phone.transfers()?;
    let transfer = one_of(chance, &waiting, |item| item.id);
    match chance.below(6) {
        0 => phone.decline_transfer(transfer, "不符合")?,
        1 => phone.withdraw_transfer(transfer, "改主意")?,
        _ => phone.accept_transfer(transfer)?,
    };
    Ok("decide_transfer")
}
