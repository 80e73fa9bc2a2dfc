package haitang.app

import androidx.compose.runtime.Composable
import haitang.design.designShots
import haitang.features.activity.activityShots
import haitang.features.directory.directoryShots
import haitang.features.enrol.enrolShots
import haitang.features.home.homeShots
import haitang.features.lock.lockShots
import haitang.features.mydata.mydataShots
import haitang.features.notice.noticeShots
import haitang.features.outbox.outboxShots
import haitang.features.quiz.quizShots
import haitang.features.settings.settingsShots
import haitang.features.study.studyShots
import haitang.features.sync.syncShots
import haitang.features.task.taskShots
import haitang.platform.platformShots

private val menuShots: List<Pair<String, @Composable () -> Unit>> = listOf("menu" to { MenuScreen(menuGroups {}) })

/** Every screen with made-up contents, in every state worth seeing; each feature keeps its own list beside its tests. */
internal val allShots: List<Pair<String, @Composable () -> Unit>> =
    designShots +
        platformShots +
        activityShots +
        directoryShots +
        enrolShots +
        homeShots +
        lockShots +
        menuShots +
        mydataShots +
        noticeShots +
        outboxShots +
        quizShots +
        settingsShots +
        studyShots +
        syncShots +
        taskShots
