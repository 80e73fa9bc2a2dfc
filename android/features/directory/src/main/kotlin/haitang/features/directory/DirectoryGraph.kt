package haitang.features.directory

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import androidx.navigation.navDeepLink
import haitang.bridge.DirectoryCore
import haitang.bridge.EnrolCore

/** Where people and orgs are. */
object DirectoryRoutes {
    /** The holder's own org, and the search. */
    const val HOME = "directory"

    /** People who wait for an answer; opened by `haitang://transfers` too. */
    const val TRANSFERS = "transfers"

    /** An org. */
    fun org(id: String) = "org/$id"

    /** A person; opened by `haitang://member/<id>` too. */
    fun member(id: String) = "member/$id"

    /** A code for a person's phone. */
    fun enrolment(member: String) = "member/$member/enrolment"

    internal const val ORG = "org/{id}"
    internal const val MEMBER = "member/{id}"
    internal const val ENROLMENT = "member/{id}/enrolment"
}

/** The screens of the directory. */
fun NavGraphBuilder.directoryGraph(
    nav: NavController,
    core: DirectoryCore,
    enrol: EnrolCore,
) {
    composable(DirectoryRoutes.HOME) { OrgRoute(nav, core, null) }
    composable(DirectoryRoutes.ORG) { OrgRoute(nav, core, it.arguments?.getString("id").orEmpty()) }
    composable(DirectoryRoutes.MEMBER, deepLinks = listOf(navDeepLink { uriPattern = "haitang://member/{id}" })) { entry ->
        val id = entry.arguments?.getString("id").orEmpty()
        val purpose = stringResource(R.string.directory_look_purpose)
        val model = viewModel { MemberViewModel(core, id, purpose) }
        val state by model.state.collectAsStateWithLifecycle()
        val context = LocalContext.current
        MemberScreen(
            state,
            onCall = { if (!dial(context, it)) model.noDialler() },
            onOrg = { nav.navigate(DirectoryRoutes.org(it)) },
            onEnrol = { nav.navigate(DirectoryRoutes.enrolment(id)) },
            onTold = model::told,
            onBack = { nav.popBackStack() },
        )
    }
    composable(DirectoryRoutes.ENROLMENT) { entry ->
        val id = entry.arguments?.getString("id").orEmpty()
        val model = viewModel { EnrolmentViewModel(core, enrol, id) }
        val state by model.state.collectAsStateWithLifecycle()
        EnrolmentScreen(state, onAgain = model::ask, onBack = { nav.popBackStack() })
    }
    composable(DirectoryRoutes.TRANSFERS, deepLinks = listOf(navDeepLink { uriPattern = "haitang://transfers" })) {
        val model = viewModel { TransfersViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        TransfersScreen(state, model::accept, model::decline, model::told, onBack = { nav.popBackStack() })
    }
}

@Composable
private fun OrgRoute(
    nav: NavController,
    core: DirectoryCore,
    id: String?,
) {
    val model = viewModel { OrgViewModel(core, id) }
    val state by model.state.collectAsStateWithLifecycle()
    OrgScreen(
        state,
        onSearch = model::search,
        onMore = model::more,
        onMember = { nav.navigate(DirectoryRoutes.member(it)) },
        onOrg = { nav.navigate(DirectoryRoutes.org(it)) },
        onTransfers = { nav.navigate(DirectoryRoutes.TRANSFERS) },
        onBack = { nav.popBackStack() },
    )
}

/** Opens the dialler with a number in it: the call itself stays the person's to make, and needs no permission. */
private fun dial(
    context: Context,
    number: String,
): Boolean =
    try {
        context.startActivity(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", number, null)))
        true
    } catch (_: ActivityNotFoundException) {
        false
    }
