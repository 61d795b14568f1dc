// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/MainWindow.h"

#include "format/Text.h"
#include "widgets/Banner.h"
#include "widgets/CheatSheet.h"
#include "widgets/Dashboard.h"
#include "widgets/Exporter.h"
#include "widgets/HeaderStrip.h"
#include "widgets/KeyHabits.h"
#include "widgets/KeyPanel.h"
#include "widgets/MainMenu.h"
#include "widgets/PauseControl.h"
#include "widgets/StartPage.h"
#include "widgets/StartStack.h"
#include "widgets/StatusLine.h"
#include "widgets/TimeRange.h"
#include "widgets/TrafficPanel.h"
#include "widgets/WindowMemory.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenuBar>
#include <QMessageBox>
#include <QShortcut>
#include <QStyleHints>

#include <algorithm>
#include <utility>

namespace rateguard {

MainWindow::MainWindow(const MainWindowOptions &options, QWidget *parent)
    : QMainWindow(parent),
      m_options(options),
      m_menu(new MainMenu(menuBar(), options.theme)),
      m_start(new StartStack(options.url, this)),
      m_status(new StatusLine(this))
{
    applyTheme(options.theme);
    setCentralWidget(m_start);
    setStatusBar(m_status);
    wire();
    setWindowTitle(tr("RateGuard"));
    setMinimumSize(1024, 640);
    resize(1280, 800);
    m_restored = options.remembers && WindowMemory::restore(*this);
    startPage().takeFocus();
}

StartPage &MainWindow::startPage() const
{
    return m_start->page();
}

Dashboard &MainWindow::dashboard()
{
    if (!m_dashboard)
        makeDashboard();
    return *m_dashboard;
}

void MainWindow::makeDashboard()
{
    m_dashboard = new Dashboard(m_options.readOnly, this);
    m_exporter = new Exporter(*m_dashboard, this);
    m_start->setDashboard(m_dashboard);
    m_dashboard->showPage(m_options.page);
    m_dashboard->setEnvironment(m_place.environment);
    m_dashboard->setPlace(m_place.isSaved() ? m_place.name : QString());
    m_dashboard->header()->setDemo(m_demo);
    wireDashboard();
    if (m_options.remembers) {
        m_dashboard->keys()->rememberColumns();
        WindowMemory::arrange(*this);
    }
}

void MainWindow::wireMenu()
{
    connect(m_menu, &MainMenu::connectChosen, this, [this] { m_start->choose(m_place); });
    connect(m_menu, &MainMenu::quitChosen, this, &QWidget::close);
    connect(m_menu, &MainMenu::pauseToggled, this, &MainWindow::togglePause);
    connect(m_menu, &MainMenu::themeChosen, this, &MainWindow::useTheme);
    connect(m_menu, &MainMenu::pageChosen, this, [this](Page page) { dashboard().showPage(page); });
    connect(m_menu, &MainMenu::keysChosen, this, &MainWindow::showKeys);
    connect(m_menu, &MainMenu::aboutChosen, this, &MainWindow::about);
}

void MainWindow::wire()
{
    wireMenu();
    // Who chooses stays there until leaveStartPage(): the password may have to be looked for.
    connect(&startPage(), &StartPage::connectRequested, this, &MainWindow::connectRequested);
    connect(&startPage(), &StartPage::demoRequested, this, &MainWindow::demoRequested);
    connect(m_start, &StartStack::watching, m_menu, &MainMenu::setWatching);
    connect(m_start, &StartStack::opened, this, [this] { dashboard().focusPage(); });
    new KeyHabits(this);
    // Plain characters: a field that has the focus keeps them.
    connect(new QShortcut(QKeySequence(Qt::Key_Slash), this), &QShortcut::activated, this, [this] { dashboard().focusFilter(); });
    connect(new QShortcut(QKeySequence(Qt::Key_E), this), &QShortcut::activated, this, [this] { dashboard().editSelected(); });
    for (const auto key : {Qt::Key_Question, Qt::Key_F1})
        connect(new QShortcut(QKeySequence(key), this), &QShortcut::activated, this, &MainWindow::showKeys);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_options.theme == Theme::System)
            applyTheme(Theme::System);
    });
#endif
}

void MainWindow::wireDashboard()
{
    connect(m_dashboard, &Dashboard::undoOffered, m_menu, &MainMenu::offerUndo);
    connect(m_menu, &MainMenu::undoChosen, m_dashboard, &Dashboard::undo);
    connect(m_menu, &MainMenu::exportChosen, m_exporter, &Exporter::ask);
    connect(m_menu, &MainMenu::copyChosen, m_exporter, &Exporter::copySelected);
    connect(m_exporter, &Exporter::done, m_status, &StatusLine::note);
    connect(m_exporter, &Exporter::refused, m_status, &StatusLine::refuse);
    m_dashboard->keys()->addAction(m_menu->copyAction());
    connect(m_dashboard->header()->pause(), &PauseControl::toggled, this, &MainWindow::togglePause);
    connect(m_dashboard->banner(), &Banner::restoreRequested, this, &MainWindow::restoreRequested);
    connect(m_dashboard->banner(), &Banner::connectPageRequested, this, [this] { m_start->choose(m_place); });
    connect(m_dashboard, &Dashboard::editRequested, this, &MainWindow::editRequested);
    connect(m_dashboard, &Dashboard::overrideRequested, this, &MainWindow::overrideRequested);
    connect(m_dashboard, &Dashboard::announced, m_status, &StatusLine::note);
    connect(m_dashboard, &Dashboard::refused, m_status, &StatusLine::refuse);
    connect(m_dashboard, &Dashboard::raised, this, &MainWindow::raised);
    connect(m_dashboard, &Dashboard::firingChanged, this, &MainWindow::firingChanged);
    connect(m_dashboard, &Dashboard::pageShown, this, &MainWindow::wantedChanged);
    connect(m_dashboard, &Dashboard::rangeChosen, this, &MainWindow::wantedChanged);
    connect(m_dashboard, &Dashboard::rowsWanted, this, &MainWindow::wantedChanged);
    connect(m_dashboard, &Dashboard::keySelected, this, [this] {
        m_sinceSelected = 0;
        if (m_frozen)
            m_frozen->selectAnother();
        emit wantedChanged();
    });
}

SnapshotRequest MainWindow::wanted() const
{
    SnapshotRequest request;
    if (m_dashboard)
        m_dashboard->fill(request);
    request.table.frozen = isPaused();
    return request;
}

void MainWindow::apply(const SnapshotPtr &snapshot)
{
    if (!snapshot)
        return;
    if (m_frozen && m_frozen->endpoint() != snapshot->link.endpoint)
        setPaused(false); // what stands still is of another Redis
    if (snapshot->link.state != LinkState::Idle)
        dashboard();
    if (m_dashboard)
        m_dashboard->watch(*snapshot);
    m_drawn = m_frozen ? m_frozen->hold(*snapshot) : snapshot;
    m_sinceSelected = std::min(m_sinceSelected + 1, 2);
    draw(*m_drawn);
    if (m_frozen)
        m_dashboard->header()->setBehind(m_frozen->behind());
}

void MainWindow::draw(const Snapshot &snapshot)
{
    if (m_dashboard)
        m_dashboard->apply(snapshot, m_frozen ? std::optional(m_frozen->moment()) : std::nullopt);
    m_status->apply(snapshot);
    m_link = snapshot.link;
    nameWindow();
    m_start->apply(snapshot.link);
}

void MainWindow::setPaused(bool paused)
{
    if (paused == isPaused() || (paused && (!m_drawn || m_start->isStarting()))) {
        m_menu->setPaused(isPaused());
        return;
    }
    if (paused) {
        m_frozen.emplace(*m_drawn);
        if (m_sinceSelected < 2)
            m_frozen->selectAnother(); // its curves are still to come
    } else if (const SnapshotPtr missed = std::exchange(m_frozen, std::nullopt)->thaw()) {
        m_drawn = missed;
        draw(*missed);
    }
    m_menu->setPaused(paused);
    m_dashboard->header()->setBehind(paused ? std::optional(std::chrono::milliseconds(0)) : std::nullopt);
    m_dashboard->setStill(paused);
    emit wantedChanged(); // the keys as they are at this moment, or as they are by now
}

// Here and not as a shortcut: a field, a button or a list that has a use for the key keeps it.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier && !event->isAutoRepeat())
        togglePause();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::useTheme(Theme theme)
{
    m_options.theme = theme;
    applyTheme(theme);
    emit themeChanged(theme);
}

void MainWindow::setPlace(const Place &place)
{
    const bool isOther = place.url != m_place.url;
    m_place = place;
    if (isOther) {
        setPaused(false);
        if (m_dashboard)
            m_dashboard->leaveRedis();
    }
    if (m_dashboard)
        m_dashboard->setPlace(place.isSaved() ? place.name : QString());
    setEnvironment(place.environment);
}

void MainWindow::setEnvironment(Environment environment)
{
    m_place.environment = environment;
    if (m_dashboard)
        m_dashboard->setEnvironment(environment);
    nameWindow();
}

void MainWindow::leaveStartPage()
{
    m_start->leave();
}

void MainWindow::warn(const QString &trouble)
{
    m_status->refuse(trouble);
}

void MainWindow::nameWindow()
{
    QStringList parts {tr("RateGuard")};
    parts << (m_demo               ? tr("demo")
              : m_place.isSaved() ? displayText(m_place.name.toStdString(), 60)
                                  : displayText(m_link.endpoint, 80))
          << environmentName(m_place.environment);
    parts.removeAll({});
    const QString title = parts.join(QStringLiteral(" – "));
    const int firing = m_dashboard ? m_dashboard->firing() : 0;
    setWindowTitle(firing == 0 ? title : firing == 1 ? tr("▲ 1 alert – %1").arg(title) : tr("▲ %1 alerts – %2").arg(firing).arg(title));
}

void MainWindow::setDemo(bool demo)
{
    m_demo = demo;
    if (m_dashboard)
        m_dashboard->header()->setDemo(demo);
}

void MainWindow::askPassword(const Place &place, const QString &reason)
{
    m_start->askPassword(place, reason);
}

void MainWindow::showConnectError(const QString &error)
{
    m_start->showError(error);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_options.remembers)
        WindowMemory::save(*this);
    QMainWindow::closeEvent(event);
}

void MainWindow::showKeys()
{
    if (!findChild<CheatSheet *>())
        (new CheatSheet(this))->show();
}

void MainWindow::about()
{
    QMessageBox::about(this, tr("About RateGuard"),
                       tr("<h3>RateGuard %1</h3><p>Watches and edits a sliding-window rate limiter in Redis.</p>"
                          "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                           .arg(QStringLiteral(RATEGUARD_VERSION)));
}

} // namespace rateguard
