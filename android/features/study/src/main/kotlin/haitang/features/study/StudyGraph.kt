package haitang.features.study

import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import androidx.navigation.navDeepLink
import haitang.bridge.StudyCore

/** Where studies and reviews are. */
object StudyRoutes {
    const val LIST = "studies"

    /** What should be remembered now; opened by `haitang://reviews` too. */
    const val REVIEWS = "reviews"

    /** One study; opened by `haitang://study/<id>` too. */
    fun page(id: String) = "study/$id"

    internal const val PAGE = "study/{id}"
}

/** The screens of studies. */
fun NavGraphBuilder.studyGraph(
    nav: NavController,
    core: StudyCore,
) {
    composable(StudyRoutes.LIST) {
        val model = viewModel { StudyListViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        StudyListScreen(
            state,
            onOpen = { nav.navigate(StudyRoutes.page(it)) },
            onReview = { nav.navigate(StudyRoutes.REVIEWS) },
            onBack = { nav.popBackStack() },
        )
    }
    composable(StudyRoutes.PAGE, deepLinks = listOf(navDeepLink { uriPattern = "haitang://study/{id}" })) { entry ->
        val id = entry.arguments?.getString("id").orEmpty()
        val model = viewModel { ReaderViewModel(core, id) }
        val state by model.state.collectAsStateWithLifecycle()
        ReaderScreen(
            state,
            onEnd = model::read,
            onGoTo = model::goTo,
            onNext = model::next,
            onReview = { nav.navigate(StudyRoutes.REVIEWS) },
            onTold = model::told,
            onBack = { nav.popBackStack() },
        )
    }
    composable(StudyRoutes.REVIEWS, deepLinks = listOf(navDeepLink { uriPattern = "haitang://reviews" })) {
        val model = viewModel { ReviewViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        ReviewScreen(state, onShow = model::show, onRate = model::rate, onTold = model::told, onBack = { nav.popBackStack() })
    }
}
