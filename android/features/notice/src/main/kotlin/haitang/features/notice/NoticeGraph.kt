package haitang.features.notice

import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import androidx.navigation.navDeepLink
import haitang.bridge.NoticeCore
import uniffi.haitang.Attachment

/** Where the notices are. */
object NoticeRoutes {
    const val LIST = "notices"

    /** One notice; opened by `haitang://notice/<id>` too. */
    fun page(id: String) = "notice/$id"

    internal const val PAGE = "notice/{id}"
}

/**
 * The screens of notices.
 *
 * @param onFile a document or a picture of a notice is to be shown
 */
fun NavGraphBuilder.noticeGraph(
    nav: NavController,
    core: NoticeCore,
    onFile: (Attachment) -> Unit,
) {
    composable(NoticeRoutes.LIST) {
        val model = viewModel { NoticeListViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        NoticeListScreen(
            state,
            onOpen = { nav.navigate(NoticeRoutes.page(it)) },
            onMore = model::more,
            onBack = { nav.popBackStack() },
        )
    }
    composable(NoticeRoutes.PAGE, deepLinks = listOf(navDeepLink { uriPattern = "haitang://notice/{id}" })) { entry ->
        val id = entry.arguments?.getString("id").orEmpty()
        val model = viewModel { NoticePageViewModel(core, id) }
        val state by model.state.collectAsStateWithLifecycle()
        NoticePageScreen(
            state,
            onConfirm = model::confirm,
            onWithdraw = model::withdraw,
            onFile = onFile,
            onOpen = { nav.navigate(NoticeRoutes.page(it)) },
            onTold = model::told,
            onBack = { nav.popBackStack() },
        )
    }
}
