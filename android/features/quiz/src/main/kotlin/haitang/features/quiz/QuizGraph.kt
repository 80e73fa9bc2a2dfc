package haitang.features.quiz

import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavController
import androidx.navigation.NavGraphBuilder
import androidx.navigation.compose.composable
import androidx.navigation.navDeepLink
import haitang.bridge.DraftCore
import haitang.bridge.QuizCore

/** Where quizzes and contests are. */
object QuizRoutes {
    const val LIST = "papers"

    /** What a paper is about, before it is begun; opened by `haitang://paper/<id>` too. */
    fun paper(id: String) = "paper/$id"

    /** An attempt, to be answered. */
    fun attempt(id: String) = "attempt/$id"

    /** What an attempt came to. */
    fun result(attempt: String) = "attempt/$attempt/result"

    internal const val PAPER = "paper/{id}"
    internal const val ATTEMPT = "attempt/{id}"
    internal const val RESULT = "attempt/{id}/result"
}

/** The screens of quizzes. */
fun NavGraphBuilder.quizGraph(
    nav: NavController,
    core: QuizCore,
    drafts: DraftCore,
) {
    composable(QuizRoutes.LIST) {
        val model = viewModel { PaperListViewModel(core) }
        val state by model.state.collectAsStateWithLifecycle()
        PaperListScreen(state, onOpen = { nav.navigate(QuizRoutes.paper(it)) }, onBack = { nav.popBackStack() })
    }
    composable(QuizRoutes.PAPER, deepLinks = listOf(navDeepLink { uriPattern = "haitang://paper/{id}" })) { entry ->
        val id = entry.arguments?.getString("id").orEmpty()
        val model = viewModel { PaperIntroViewModel(core, id) }
        val state by model.state.collectAsStateWithLifecycle()
        PaperIntroScreen(
            state,
            onStart = model::start,
            onStarted = {
                model.opened()
                nav.navigate(QuizRoutes.attempt(it))
            },
            onResult = { nav.navigate(QuizRoutes.result(it)) },
            onTold = model::told,
            onBack = { nav.popBackStack() },
        )
    }
    composable(QuizRoutes.ATTEMPT) { entry ->
        val id = entry.arguments?.getString("id").orEmpty()
        val model = viewModel { AttemptViewModel(core, drafts, id) }
        val state by model.state.collectAsStateWithLifecycle()
        AttemptScreen(
            state,
            model,
            onHandedIn = {
                // The way back from the result leads to the paper: what was handed in cannot be answered any more.
                nav.popBackStack()
                nav.navigate(QuizRoutes.result(id))
            },
            onBack = { nav.popBackStack() },
        )
    }
    composable(QuizRoutes.RESULT) { entry ->
        val id = entry.arguments?.getString("id").orEmpty()
        val model = viewModel { ResultViewModel(core, id) }
        val state by model.state.collectAsStateWithLifecycle()
        ResultScreen(state, onBack = { nav.popBackStack() })
    }
}
