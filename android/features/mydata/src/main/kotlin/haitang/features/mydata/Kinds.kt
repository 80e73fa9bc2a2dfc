package haitang.features.mydata

/** What the kinds of records are called; one that is not here yet is counted as something else. */
internal val KINDS: Map<String, Int> =
    mapOf(
        "org" to R.string.mydata_kind_org,
        "member" to R.string.mydata_kind_member,
        "appointment" to R.string.mydata_kind_appointment,
        "transfer" to R.string.mydata_kind_transfer,
        "look" to R.string.mydata_kind_look,
        "consent" to R.string.mydata_kind_consent,
        "template" to R.string.mydata_kind_template,
        "activity" to R.string.mydata_kind_activity,
        "check_in" to R.string.mydata_kind_check_in,
        "log" to R.string.mydata_kind_log,
        "notice" to R.string.mydata_kind_notice,
        "receipt" to R.string.mydata_kind_receipt,
        "study" to R.string.mydata_kind_study,
        "learning" to R.string.mydata_kind_learning,
        "review" to R.string.mydata_kind_review,
        "paper" to R.string.mydata_kind_paper,
        "answer_key" to R.string.mydata_kind_answer_key,
        "attempt" to R.string.mydata_kind_attempt,
        "grid" to R.string.mydata_kind_grid,
        "household" to R.string.mydata_kind_household,
        "task" to R.string.mydata_kind_task,
        "routine" to R.string.mydata_kind_routine,
        "shift" to R.string.mydata_kind_shift,
        "report" to R.string.mydata_kind_report,
    )
