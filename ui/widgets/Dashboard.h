// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/Environment.h"
#include "models/UndoBook.h"
#include "widgets/Page.h"

#include <QWidget>

class QStackedWidget;

namespace rateguard {

class AgeVeil;
class AlertsPage;
class Banner;
class DetailsPage;
class EnvironmentFrame;
class HeaderStrip;
class HistoryPage;
class KeyPanel;
class KeysPage;
class LetThroughStrip;
class LimitsPage;
class OverviewPage;
class PageRail;
class TrafficPanel;

// All that is seen of one Redis: the figures on top, the way between the pages, and the pages. Which key is chosen and
// which page is shown is known here; a page that names a key or a policy leads there.
class Dashboard : public QWidget
{
    Q_OBJECT

public:
    Dashboard(bool readOnly, QWidget *parent);
    ~Dashboard() override;

    HeaderStrip *header() const { return m_header; }
    Banner *banner() const { return m_banner; }
    KeyPanel *keys() const;
    TrafficPanel *traffic() const;
    QWidget *charts() const; // of the page that is shown; null when it has none
    Page page() const;

    int firing() const { return m_firing; } // alert rules

    void watch(const Snapshot &snapshot); // every one as it came, also while the drawing is paused: alerts, and what lets everything through
    void apply(const Snapshot &snapshot, std::optional<Instant> still = {}); // `still`: of when the traffic is, while it stands still
    void setEnvironment(Environment environment); // of the Redis that is watched
    void setPlace(const QString &name); // likewise; empty: it has none
    void setStill(bool still); // paused: what stands still covers what it covers
    void leaveRedis(); // another will be watched: what was asked, typed or told of edits is of no use any more
    void fill(SnapshotRequest &request) const; // what the pages want to see

public slots:
    void showPage(rateguard::Page page); // with the focus in its list
    void showKey(const std::string &policy, const std::string &key); // with its details
    void editPolicy(const std::string &policy);
    void editSelected(); // the limit that the page is about: of the policy or the edit that is chosen there, else of the selected key
    void focusPage();
    void undo(); // leads to where the undo that is offered can be seen before it is sent
    void focusFilter();

signals:
    void rangeChosen(); // of time; see fill()
    void keySelected(); // another one, or none
    void rowsWanted(); // of the key table, other ones
    void pageShown(rateguard::Page page);
    void editRequested(const rateguard::LimitEdit &edit);
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void undoOffered(const rateguard::UndoOffer &offer); // what undo() would do by now
    void firingChanged(int rules); // alert rules that fire now
    void announced(const QString &what); // was done, or is about to be, as plain text
    void refused(const QString &why); // was not
    void raised(const QString &title, const QString &text); // an alert, as plain text

private:
    void turnTo(Page page);
    void wireKeys();
    void wirePages();
    void wireEdits();
    void offerUndo(); // when it is another one

    HeaderStrip *m_header;
    Banner *m_banner;
    LetThroughStrip *m_open;
    PageRail *m_rail;
    QStackedWidget *m_pages;
    OverviewPage *m_overview;
    KeysPage *m_keysPage;
    DetailsPage *m_details;
    LimitsPage *m_limits;
    HistoryPage *m_history;
    AlertsPage *m_alerts;
    AgeVeil *m_veil;
    UndoBook m_undo;
    UndoOffer m_offered;
    int m_firing = 0;
    EnvironmentFrame *m_frame;
};

} // namespace rateguard
