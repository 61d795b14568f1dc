// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/MainWindow.h"

#include "format/Text.h"
#include "widgets/AgeVeil.h"
#include "widgets/Banner.h"
#include "widgets/Exporter.h"
#include "widgets/HeaderStrip.h"
#include "widgets/KeyPanel.h"
#include "widgets/MainMenu.h"
#include "widgets/PauseControl.h"
#include "widgets/PolicyPanel.h"
#include "widgets/StartPage.h"
#include "widgets/StatusLine.h"
#include "widgets/TrafficPanel.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenuBar>
#include <QMessageBox>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyleHints>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace rateguard {

MainWindow::MainWindow(const MainWindowOptions &options, QWidget *parent)
    : QMainWindow(parent),
      m_options(options),
      m_menu(new MainMenu(menuBar(), options.theme)),
      m_pages(new QStackedWidget(this)),
      m_start(new StartPage(options.url, this)),
      m_status(new StatusLine(this))
{
    applyTheme(options.theme);
    m_pages->addWidget(m_start);
    m_pages->addWidget(makeDashboard());
    setCentralWidget(m_pages);
    setStatusBar(m_status);
    wire();
    setWindowTitle(tr("RateGuard"));
    setMinimumSize(1024, 640);
    resize(1280, 800);
    m_start->focusUrl();
}

QWidget *MainWindow::makeDashboard()
{
    auto *page = new QWidget(this);
    m_header = new HeaderStrip(m_options.readOnly, page);
    m_banner = new Banner(m_options.readOnly, page);
    m_traffic = new TrafficPanel(page);
    m_keys = new KeyPanel(page);
    m_policies = new PolicyPanel(m_options.readOnly, page);

    auto *traffic = new QWidget(page);
    auto *left = new QSplitter(Qt::Vertical, traffic);
    auto *frame = new QVBoxLayout(traffic);
    frame->setContentsMargins(0, 0, 0, 0);
    frame->addWidget(left);
    left->addWidget(m_traffic);
    left->addWidget(m_keys);
    left->setStretchFactor(0, 2);
    left->setStretchFactor(1, 3);
    auto *body = new QSplitter(Qt::Horizontal, page);
    body->addWidget(traffic);
    body->addWidget(m_policies);
    body->setStretchFactor(0, 1);
    body->setStretchFactor(1, 0);
    for (QSplitter *splitter : {left, body}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(8);
    }
    m_policies->setMinimumWidth(340);
    m_veil = new AgeVeil(traffic);
    m_exporter = new Exporter(*m_keys, *m_traffic, this);

    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(10, 8, 10, 4);
    column->setSpacing(8);
    column->addWidget(m_header);
    column->addWidget(m_banner);
    column->addWidget(body, 1);
    return page;
}

void MainWindow::wireMenu()
{
    connect(m_menu, &MainMenu::connectChosen, this, &MainWindow::choosePlace);
    connect(m_menu, &MainMenu::exportChosen, m_exporter, &Exporter::ask);
    connect(m_menu, &MainMenu::copyChosen, m_exporter, &Exporter::copySelected);
    connect(m_exporter, &Exporter::done, m_status, &StatusLine::note);
    m_keys->addAction(m_menu->copyAction());
    connect(m_menu, &MainMenu::quitChosen, this, &QWidget::close);
    connect(m_menu, &MainMenu::pauseToggled, this, &MainWindow::togglePause);
    connect(m_menu, &MainMenu::themeChosen, this, &MainWindow::useTheme);
    connect(m_menu, &MainMenu::aboutChosen, this, &MainWindow::about);
}

void MainWindow::wireStartPage()
{
    connect(m_start, &StartPage::connectRequested, this, [this](const QString &url) {
        m_choosing = false;
        setPaused(false);
        emit connectRequested(url);
    });
    connect(m_start, &StartPage::demoRequested, this, [this] {
        m_choosing = false;
        setPaused(false);
        emit demoRequested();
    });
    connect(m_start, &StartPage::cancelled, this, [this] {
        m_choosing = false;
        showPage(1);
    });
}

void MainWindow::wire()
{
    wireMenu();
    wireStartPage();
    connect(m_header->pause(), &PauseControl::toggled, this, &MainWindow::togglePause);
    connect(m_banner, &Banner::restoreRequested, this, &MainWindow::restoreRequested);
    connect(m_banner, &Banner::connectPageRequested, this, &MainWindow::choosePlace);
    connect(m_policies, &PolicyPanel::editRequested, this, &MainWindow::editRequested);
    connect(m_keys, &KeyPanel::selected, this, [this](const std::string &policy, const std::string &key) {
        m_traffic->select(policy, key);
        m_sinceSelected = 0;
        if (m_frozen)
            m_frozen->selectAnother();
        m_policies->follow(policy);
        emit wantedChanged();
    });
    connect(m_keys, &KeyPanel::deselected, this, [this] {
        m_traffic->selectNothing();
        emit wantedChanged();
    });
    auto *slash = new QShortcut(QKeySequence(Qt::Key_Slash), this);
    connect(slash, &QShortcut::activated, m_keys, &KeyPanel::focusFilter);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_options.theme == Theme::System)
            applyTheme(Theme::System);
    });
#endif
}

SnapshotRequest MainWindow::wanted() const
{
    SnapshotRequest request;
    request.hasSelected = m_keys->hasSelection();
    if (request.hasSelected) {
        request.selectedPolicy = m_keys->selectedPolicy();
        request.selectedKey = m_keys->selectedKey();
    }
    request.allKeysAgain = !m_started;
    return request;
}

void MainWindow::apply(const SnapshotPtr &snapshot)
{
    if (!snapshot)
        return;
    if (m_frozen && m_frozen->endpoint() != snapshot->link.endpoint)
        setPaused(false); // what stands still is of another Redis
    m_started = true;
    m_drawn = m_frozen ? m_frozen->hold(*snapshot) : snapshot;
    m_sinceSelected = std::min(m_sinceSelected + 1, 2);
    draw(*m_drawn);
    if (m_frozen)
        m_header->pause()->setBehind(m_frozen->behind());
}

void MainWindow::draw(const Snapshot &snapshot)
{
    m_state = snapshot.link.state;
    m_keys->apply(snapshot);
    m_header->apply(snapshot, m_keys->throttled());
    m_banner->apply(snapshot);
    m_traffic->apply(snapshot);
    m_policies->apply(snapshot);
    m_status->apply(snapshot);
    m_veil->setAged(m_state != LinkState::Live);
    setWindowTitle(m_demo                             ? tr("RateGuard – demo")
                       : snapshot.link.endpoint.empty() ? tr("RateGuard")
                                                        : tr("RateGuard – %1").arg(displayText(snapshot.link.endpoint, 80)));
    showPage(m_state == LinkState::Idle || m_choosing ? 0 : 1);
}

void MainWindow::showPage(int page)
{
    m_pages->setCurrentIndex(page);
    m_menu->setWatching(page == 1);
}

void MainWindow::setPaused(bool paused)
{
    if (paused == isPaused() || (paused && (!m_drawn || m_pages->currentIndex() == 0))) {
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
    m_header->pause()->setPaused(paused);
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

void MainWindow::choosePlace()
{
    m_start->forgetSecret();
    openStartPage();
}

void MainWindow::setDemo(bool demo)
{
    m_demo = demo;
    m_header->setDemo(demo);
}

void MainWindow::openStartPage()
{
    m_choosing = true;
    m_start->setCancellable(m_state != LinkState::Idle);
    showPage(0);
    m_start->focusUrl();
}

void MainWindow::showConnectError(const QString &error)
{
    openStartPage();
    m_start->showError(error);
}

void MainWindow::about()
{
    QMessageBox::about(this, tr("About RateGuard"),
                       tr("<h3>RateGuard %1</h3><p>Watches and edits a sliding-window rate limiter in Redis.</p>"
                          "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                           .arg(QStringLiteral(RATEGUARD_VERSION)));
}

} // namespace rateguard
