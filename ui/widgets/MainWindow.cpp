// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/MainWindow.h"

#include "format/Text.h"
#include "widgets/AgeVeil.h"
#include "widgets/Banner.h"
#include "widgets/HeaderStrip.h"
#include "widgets/KeyPanel.h"
#include "widgets/PolicyPanel.h"
#include "widgets/StartPage.h"
#include "widgets/StatusLine.h"
#include "widgets/TrafficPanel.h"

#include <QActionGroup>
#include <QApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyleHints>
#include <QVBoxLayout>

namespace rateguard {

MainWindow::MainWindow(const MainWindowOptions &options, QWidget *parent)
    : QMainWindow(parent),
      m_options(options),
      m_pages(new QStackedWidget(this)),
      m_start(new StartPage(options.url, this)),
      m_status(new StatusLine(this))
{
    applyTheme(options.theme);
    m_pages->addWidget(m_start);
    m_pages->addWidget(makeDashboard());
    setCentralWidget(m_pages);
    setStatusBar(m_status);
    makeMenus(options.theme);
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

    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(10, 8, 10, 4);
    column->setSpacing(8);
    column->addWidget(m_header);
    column->addWidget(m_banner);
    column->addWidget(body, 1);
    return page;
}

void MainWindow::makeMenus(Theme theme)
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&Connect…"), this, &MainWindow::choosePlace);
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);

    QMenu *themes = menuBar()->addMenu(tr("&View"))->addMenu(tr("&Theme"));
    auto *group = new QActionGroup(this);
    const std::pair<Theme, QString> choices[] = {
        {Theme::System, tr("&System")}, {Theme::Light, tr("&Light")}, {Theme::Dark, tr("&Dark")}};
    for (const auto &[choice, text] : choices) {
        QAction *action = themes->addAction(text, this, [this, chosen = choice] { useTheme(chosen); });
        action->setCheckable(true);
        action->setChecked(choice == theme);
        group->addAction(action);
    }
    menuBar()->addMenu(tr("&Help"))->addAction(tr("&About RateGuard"), this, &MainWindow::about);
}

void MainWindow::wire()
{
    connect(m_start, &StartPage::connectRequested, this, [this](const QString &url) {
        m_choosing = false;
        emit connectRequested(url);
    });
    connect(m_start, &StartPage::demoRequested, this, [this] {
        m_choosing = false;
        emit demoRequested();
    });
    connect(m_start, &StartPage::cancelled, this, [this] {
        m_choosing = false;
        m_pages->setCurrentIndex(1);
    });
    connect(m_banner, &Banner::restoreRequested, this, &MainWindow::restoreRequested);
    connect(m_banner, &Banner::connectPageRequested, this, &MainWindow::choosePlace);
    connect(m_policies, &PolicyPanel::editRequested, this, &MainWindow::editRequested);
    connect(m_keys, &KeyPanel::selected, this, [this](const std::string &policy, const std::string &key) {
        m_traffic->select(policy, key);
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
    m_started = true;
    m_state = snapshot->link.state;
    m_keys->apply(*snapshot);
    m_header->apply(*snapshot, m_keys->throttled());
    m_banner->apply(*snapshot);
    m_traffic->apply(*snapshot);
    m_policies->apply(*snapshot);
    m_status->apply(*snapshot);
    m_veil->setAged(m_state != LinkState::Live);
    setWindowTitle(m_demo                              ? tr("RateGuard – demo")
                       : snapshot->link.endpoint.empty() ? tr("RateGuard")
                                                         : tr("RateGuard – %1").arg(displayText(snapshot->link.endpoint, 80)));
    m_pages->setCurrentIndex(m_state == LinkState::Idle || m_choosing ? 0 : 1);
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
    m_pages->setCurrentWidget(m_start);
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
