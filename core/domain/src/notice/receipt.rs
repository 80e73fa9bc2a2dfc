//! Reading and confirming.

use super::{Notice, Receipt};
use crate::decide::{Context, World, Write, Writes, existing, read};
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::states::snake;

pub(super) fn give(
    notice_id: Id,
    confirm: bool,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    if target != Key::new(Kind::Receipt, Receipt::id(notice_id, context.actor)) {
        return Err(Refusal::new(Code::WrongKind).with("kind", "receipt"));
    }
    let notice: Notice = read(world, notice_id)?;
    if !context.receives(notice.org, world) {
        return Err(Refusal::new(Code::NotAMember).with("kind", "notice"));
    }
    let now = context.now();
    let mut receipt = if before.is_some() {
        existing(before)?
    } else {
        Receipt { notice: notice_id, member: context.actor, org: context.member.org, read: now, confirmed: None }
    };
    // Commands of a member's two phones arrive in any order: what was done first counts.
    receipt.read = receipt.read.min(now);
    if confirm {
        if !notice.is_for(context.appointments) {
            let role = notice.audience.first().map_or_else(String::new, snake);
            return Err(Refusal::new(Code::NotAllowed).with("role", role));
        }
        receipt.confirmed = Some(receipt.confirmed.map_or(now, |first| first.min(now)));
    }
    Ok(vec![Write::new(target.id, receipt)])
}
