package haitang.features.notice

import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import haitang.bridge.NoticeCore

/** Where the notices are. */
object NoticeRoutes {
    const val LIST = "notices"

    /** One notice; opened by `haitang://notice/<id>` too. */
    fun page(id: String) = "notice/$id"

    internal const val PAGE = "notice/{id}"
}

/** The screens of notices. */
fun NavGraphBuilder.noticeGraph(
    nav: NavController,
    core: NoticeCore,
) {
    composable(NoticeRoutes.LIST) {
        val model = viewModel { NoticeListViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        NoticeListScreen(state, onOpen = { nav.navigate(NoticeRoutes.page(it)) }, onBack = { nav.popBackStack() })
    }
}
