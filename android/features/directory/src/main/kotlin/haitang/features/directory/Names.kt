package haitang.features.directory

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import uniffi.haitang.OrgKind
import uniffi.haitang.Role

/** What an org is, in a word. */
@Composable
internal fun kindText(kind: OrgKind): String =
    stringResource(
        when (kind) {
            OrgKind.PROVINCE -> R.string.directory_kind_province
            OrgKind.CITY -> R.string.directory_kind_city
            OrgKind.COUNTY -> R.string.directory_kind_county
            OrgKind.STREET -> R.string.directory_kind_street
            OrgKind.COMMUNITY -> R.string.directory_kind_community
            OrgKind.BRANCH -> R.string.directory_kind_branch
            OrgKind.GROUP -> R.string.directory_kind_group
            OrgKind.ALLIANCE -> R.string.directory_kind_alliance
            OrgKind.STATION -> R.string.directory_kind_station
            OrgKind.COURTYARD_COMMITTEE -> R.string.directory_kind_courtyard
            OrgKind.TEAM -> R.string.directory_kind_team
        },
    )

/** What somebody is appointed as. */
@Composable
internal fun roleText(role: Role): String =
    stringResource(
        when (role) {
            Role.SECRETARY -> haitang.design.R.string.role_secretary
            Role.APPROVER -> haitang.design.R.string.role_approver
            Role.GRID_WORKER -> haitang.design.R.string.role_grid_worker
            Role.LEADER -> haitang.design.R.string.role_leader
            Role.PUBLISHER -> haitang.design.R.string.role_publisher
            Role.AUDITOR -> haitang.design.R.string.role_auditor
            Role.ADMIN -> haitang.design.R.string.role_admin
        },
    )
