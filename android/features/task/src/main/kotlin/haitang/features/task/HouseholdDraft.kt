package haitang.features.task

import org.json.JSONObject
import uniffi.haitang.Consent
import uniffi.haitang.Household
import uniffi.haitang.HouseholdChange
import uniffi.haitang.NewHousehold

/** A household as it is being entered. Days are such as `2026-11-24`. */
data class HouseholdDraft(
    val grid: String = "",
    val address: String = "",
    val building: String = "",
    val unit: String = "",
    val door: String = "",
    val contact: String = "",
    val people: Int = 1,
    val alone: Boolean = false,
    val care: String = "",
    val consentBy: String = "",
    val consentPurpose: String = "",
    val consentGiven: String = "",
    val consentUntil: String = "",
) {
    /** What is sensitive is entered only with somebody's consent. */
    val sensitive get() = alone || care.isNotBlank()

    private val consent
        get() =
            if (sensitive && consentBy.isNotBlank()) {
                Consent(consentBy.trim(), consentPurpose.trim(), consentGiven, consentUntil.ifBlank { null })
            } else {
                null
            }

    internal fun given() =
        NewHousehold(
            grid,
            address.trim(),
            building.trim(),
            unit.trim(),
            door.trim(),
            contact.trim(),
            people.toUByte(),
            alone,
            care.trim(),
            consent,
        )

    internal fun change() =
        HouseholdChange(
            address.trim(),
            building.trim(),
            unit.trim(),
            door.trim(),
            contact.trim(),
            people.toUByte(),
            alone,
            care.trim(),
            consent,
            withdrawConsent = false,
        )

    internal fun withoutConsent() =
        copy(alone = false, care = "", consentBy = "", consentPurpose = "", consentGiven = "", consentUntil = "")

    internal fun write(): String =
        JSONObject()
            .put("grid", grid)
            .put("address", address)
            .put("building", building)
            .put("unit", unit)
            .put("door", door)
            .put("contact", contact)
            .put("people", people)
            .put("alone", alone)
            .put("care", care)
            .put("consentBy", consentBy)
            .put("consentPurpose", consentPurpose)
            .put("consentGiven", consentGiven)
            .put("consentUntil", consentUntil)
            .toString()

    internal companion object {
        /** @throws org.json.JSONException */
        fun read(text: String): HouseholdDraft {
            val json = JSONObject(text)
            return HouseholdDraft(
                json.getString("grid"),
                json.getString("address"),
                json.getString("building"),
                json.getString("unit"),
                json.getString("door"),
                json.getString("contact"),
                json.getInt("people"),
                json.getBoolean("alone"),
                json.getString("care"),
                json.getString("consentBy"),
                json.getString("consentPurpose"),
                json.getString("consentGiven"),
                json.getString("consentUntil"),
            )
        }

        fun of(household: Household) =
            HouseholdDraft(
                household.grid,
                household.address,
                household.building,
                household.unit,
                household.door,
                household.contact.orEmpty(),
                household.people.toInt(),
                household.alone,
                household.care.orEmpty(),
                household.consent?.by.orEmpty(),
                household.consent?.purpose.orEmpty(),
                household.consent?.given.orEmpty(),
                household.consent?.until.orEmpty(),
            )
    }
}
