// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Dashboard.h"

#include "charts/ChartCursor.h"
#include "charts/RateChart.h"
#include "widgets/AgeVeil.h"
#include "widgets/AlertsPage.h"
#include "widgets/Banner.h"
#include "widgets/DetailsPage.h"
#include "widgets/EnvironmentFrame.h"
#include "widgets/HeaderStrip.h"
#include "widgets/HistoryPage.h"
#include "widgets/KeyPanel.h"
#include "widgets/KeysPage.h"
#include "widgets/LetThroughStrip.h"
#include "widgets/LimitsPage.h"
#include "widgets/OverviewPage.h"
#include "widgets/PageRail.h"
#include "widgets/TimeRange.h"
#include "widgets/TrafficPanel.h"

#include <QDialog>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace rateguard {

Dashboard::Dashboard(bool readOnly, QWidget *parent)
    : QWidget(parent),
      m_header(new HeaderStrip(readOnly, this)),
      m_banner(new Banner(readOnly, this)),
      m_open(new LetThroughStrip(readOnly, this)),
      m_rail(new PageRail(this)),
      m_pages(new QStackedWidget(this)),
      m_overview(new OverviewPage(this)),
      m_keysPage(new KeysPage(this)),
      m_details(new DetailsPage(this)),
      m_limits(new LimitsPage(readOnly, this)),
      m_history(new HistoryPage(this)),
      m_alerts(new AlertsPage(this))
{
    m_details->setReadOnly(readOnly);
    m_history->setReadOnly(readOnly);
    for (QWidget *page : std::initializer_list<QWidget *> {m_overview, m_keysPage, m_details, m_limits, m_history, m_alerts})
        m_pages->addWidget(page);
    m_veil = new AgeVeil(m_pages);
    m_frame = new EnvironmentFrame(this);
    auto *body = new QHBoxLayout;
    body->setSpacing(8);
    body->addWidget(m_rail);
    body->addWidget(m_pages, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 4);
    column->setSpacing(8);
    column->addWidget(m_header);
    column->addWidget(m_banner);
    column->addWidget(m_open);
    column->addLayout(body, 1);
    connect(m_rail, &PageRail::chosen, this, &Dashboard::showPage);
    connect(m_rail, &PageRail::passed, this, &Dashboard::turnTo);
    connect(m_open, &LetThroughStrip::limitsRequested, this, [this] { showPage(Page::Limits); });
    connect(m_open, &LetThroughStrip::endRequested, this, [this] {
        showPage(Page::Limits);
        m_limits->endNow();
    });
    connect(m_header->range(), &TimeRange::chosen, this, &Dashboard::rangeChosen);
    wireKeys();
    wirePages();
    wireEdits();
}

// Their charts share the crosshair of the traffic, which must be there as long as they are.
Dashboard::~Dashboard()
{
    delete m_overview;
    delete m_details;
}

void Dashboard::wireKeys()
{
    connect(keys(), &KeyPanel::selected, this, [this](const std::string &policy, const std::string &key) {
        traffic()->select(policy, key);
        m_details->select(policy, key);
        m_limits->follow(policy);
        emit keySelected();
    });
    connect(keys(), &KeyPanel::deselected, this, [this] {
        traffic()->selectNothing();
        m_details->selectNothing();
        emit keySelected();
    });
    connect(keys(), &KeyPanel::wantedChanged, this, &Dashboard::rowsWanted);
    connect(keys(), &KeyPanel::refused, this, &Dashboard::refused);
    connect(keys(), &KeyPanel::policyChosen, this, &Dashboard::editPolicy);
    connect(keys(), &KeyPanel::opened, this, [this] { showPage(Page::Details); });
}

void Dashboard::wirePages()
{
    const QList<RateChart *> charts = findChildren<RateChart *>();
    for (RateChart *chart : charts) {
        chart->shareCursor(traffic()->chartCursor());
        connect(chart, &RateChart::announced, this, &Dashboard::announced);
    }
    connect(m_overview, &OverviewPage::keyChosen, this, &Dashboard::showKey);
    connect(m_overview, &OverviewPage::policyChosen, this, &Dashboard::editPolicy);
    connect(m_overview, &OverviewPage::pageChosen, this, &Dashboard::showPage);
    connect(m_details, &DetailsPage::overrideRequested, this, &Dashboard::overrideRequested);
    connect(m_details, &DetailsPage::policyChosen, this, &Dashboard::editPolicy);
    connect(m_details, &DetailsPage::pageChosen, this, &Dashboard::showPage);
    connect(m_limits, &LimitsPage::editRequested, this, &Dashboard::editRequested);
    connect(m_limits, &LimitsPage::overrideRequested, this, &Dashboard::overrideRequested);
    connect(m_limits, &LimitsPage::keyChosen, this, &Dashboard::showKey);
    connect(m_history, &HistoryPage::editRequested, this, &Dashboard::editRequested);
    connect(m_history, &HistoryPage::overrideRequested, this, &Dashboard::overrideRequested);
    connect(m_history, &HistoryPage::keyChosen, this, &Dashboard::showKey);
    connect(m_history, &HistoryPage::policyChosen, this, &Dashboard::editPolicy);
    connect(m_history, &HistoryPage::announced, this, &Dashboard::announced);
    connect(m_alerts, &AlertsPage::keyChosen, this, &Dashboard::showKey);
    connect(m_alerts, &AlertsPage::refused, this, &Dashboard::refused);
    connect(m_alerts, &AlertsPage::pageChosen, this, &Dashboard::showPage);
    connect(m_alerts, &AlertsPage::raised, this, &Dashboard::raised);
    connect(m_alerts, &AlertsPage::firingChanged, this,
            [this](int rules) {
                m_firing = rules;
                emit firingChanged(rules);
                m_rail->setBadge(Page::Alerts, static_cast<std::uint64_t>(rules), tr("firing"), true);
            });
}

void Dashboard::wireEdits()
{
    connect(this, &Dashboard::editRequested, this, [this](const LimitEdit &edit) { m_undo.sent(edit); });
    connect(this, &Dashboard::overrideRequested, this, [this](const OverrideEdit &edit) { m_undo.sent(edit); });
    connect(m_limits, &LimitsPage::undoOffered, this, [this](const UndoOffer &offer) {
        m_undo.offerOfEditor(offer);
        offerUndo();
    });
    auto *undo = new QShortcut(QKeySequence(QKeySequence::Undo), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut); // a field has its own
    connect(undo, &QShortcut::activated, this, &Dashboard::undo);
}

void Dashboard::offerUndo()
{
    if (m_offered.saysTheSame(m_undo.offer()))
        return;
    m_offered = m_undo.offer();
    emit undoOffered(m_offered);
}

KeyPanel *Dashboard::keys() const
{
    return m_keysPage->keys();
}

TrafficPanel *Dashboard::traffic() const
{
    return m_keysPage->traffic();
}

QWidget *Dashboard::charts() const
{
    if (page() == Page::Keys)
        return traffic();
    const auto *chart = m_pages->currentWidget()->findChild<RateChart *>();
    return chart && chart->isVisible() ? chart->parentWidget() : nullptr;
}

Page Dashboard::page() const
{
    return m_rail->current();
}

void Dashboard::watch(const Snapshot &snapshot)
{
    m_alerts->apply(snapshot);
    m_open->apply(snapshot);
    m_undo.apply(snapshot);
    offerUndo();
}

void Dashboard::apply(const Snapshot &snapshot, std::optional<Instant> still)
{
    m_keysPage->apply(snapshot, still);
    m_header->apply(snapshot, keys()->throttled());
    m_banner->apply(snapshot);
    m_overview->apply(snapshot, still);
    m_details->apply(snapshot, still);
    m_limits->apply(snapshot);
    m_history->apply(snapshot);
    m_rail->setBadge(Page::Keys, keys()->throttled(), tr("throttled"), true);
    m_veil->setAged(snapshot.link.state != LinkState::Live);
    if (window()->focusWidget() == this)
        focusPage(); // there may be a list by now
}

void Dashboard::setEnvironment(Environment environment)
{
    m_header->setEnvironment(environment);
    m_banner->setEnvironment(environment);
    m_frame->setEnvironment(environment);
    m_details->setEnvironment(environment);
    m_limits->setEnvironment(environment);
    m_history->setEnvironment(environment);
}

void Dashboard::setPlace(const QString &name)
{
    m_alerts->setPlace(name);
}

void Dashboard::setStill(bool still)
{
    m_header->range()->setEnabled(!still);
    m_overview->setStill(still);
    const QList<RateChart *> charts = findChildren<RateChart *>();
    for (RateChart *chart : charts)
        chart->setStill(still);
}

void Dashboard::leaveRedis()
{
    const auto dialogs = findChildren<QDialog *>();
    for (QDialog *dialog : dialogs)
        dialog->reject(); // questions, and what was being done in bulk
    m_limits->leaveRedis();
    m_undo.clear();
    offerUndo();
    m_details->forgetEdits();
    traffic()->chartCursor()->zoomTo({});
    keys()->leaveRedis();
}

void Dashboard::fill(SnapshotRequest &request) const
{
    request.nearShare = m_overview->nearShare();
    request.span = m_header->range()->span();
    keys()->fill(request.table);
    request.hasSelected = keys()->hasSelection();
    if (request.hasSelected) {
        request.selectedPolicy = keys()->selectedPolicy();
        request.selectedKey = keys()->selectedKey();
        request.wantsDetail = page() == Page::Details;
    }
}

void Dashboard::showPage(Page page)
{
    turnTo(page);
    focusPage();
}

// Into its list, and never into a field that keeps letters and Space; while there is no list yet it waits here.
void Dashboard::focusPage()
{
    if (!isVisible())
        return;
    QWidget *list = m_pages->currentWidget();
    while (list->focusProxy())
        list = list->focusProxy();
    (list->isVisible() ? list : this)->setFocus(Qt::OtherFocusReason);
}

void Dashboard::turnTo(Page page)
{
    m_rail->setCurrent(page);
    m_pages->setCurrentIndex(static_cast<int>(page));
    m_open->setOnLimits(page == Page::Limits);
    emit pageShown(page);
}

void Dashboard::showKey(const std::string &policy, const std::string &key)
{
    keys()->select(policy, key);
    showPage(Page::Details);
}

void Dashboard::editPolicy(const std::string &policy)
{
    showPage(Page::Limits);
    m_limits->edit(policy);
}

void Dashboard::editSelected()
{
    if (!isVisible())
        return;
    const std::optional<std::string> policy = page() == Page::History ? m_history->policy()
        : page() != Page::Limits && keys()->hasSelection()           ? std::optional(keys()->selectedPolicy())
                                                                      : std::nullopt;
    if (policy) {
        editPolicy(*policy);
    } else {
        if (page() != Page::Limits)
            showPage(Page::Limits);
        m_limits->editShown();
    }
}

void Dashboard::undo()
{
    const UndoOffer offer = m_undo.offer();
    if (offer.entry) {
        showPage(Page::History);
        m_history->showEdit(*offer.entry);
    } else if (offer.edit) {
        showPage(Page::Limits);
        if (!m_limits->undo(offer.policy))
            emit refused(m_undo.offer().text); // of the editor by now, which holds a draft
    } else {
        emit refused(offer.text);
    }
}

void Dashboard::focusFilter()
{
    if (!isVisible())
        return; // the start page has no filter
    showPage(Page::Keys);
    keys()->focusFilter();
}

} // namespace rateguard
