// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/OverviewPage.h"

#include "charts/RateChart.h"
#include "format/Numbers.h"
#include "format/Text.h"
#include "models/LatestEditModel.h"
#include "models/RankedKeyModel.h"
#include "widgets/HealthCard.h"
#include "widgets/LatestEditDelegate.h"
#include "widgets/ListCard.h"
#include "widgets/RankedKeyDelegate.h"
#include "widgets/ShortList.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QSettings>
#include <QSpinBox>

#include <algorithm>

namespace rateguard {
namespace {

constexpr int roomForFour = 1500; // so that a name has room for its policy and the client
constexpr int roomForThree = 1100;

QString shareSetting()
{
    return QStringLiteral("nearShare");
}

} // namespace

OverviewPage::OverviewPage(QWidget *parent)
    : QWidget(parent),
      m_chart(new RateChart),
      m_offenders(new RankedKeyModel(RankedKeyModel::By::Rejections, this)),
      m_near(new RankedKeyModel(RankedKeyModel::By::Use, this)),
      m_edits(new LatestEditModel(this)),
      m_offendersCard(makeKeys(tr("Rejected most now"), m_offenders, "offenderList")),
      m_nearCard(makeKeys(tr("Near their limit"), m_near, "nearList")),
      m_health(new HealthCard(this)),
      m_editsCard(new ListCard(tr("Changed last"), m_edits, new LatestEditDelegate(this), this)),
      m_share(new QSpinBox(this)),
      m_cards(new QGridLayout)
{
    m_chart->setTitle(tr("All traffic, per second"));
    setFocusProxy(m_offendersCard->list());
    makeNearSpin();
    m_editsCard->list()->setObjectName(QStringLiteral("latestEditList"));
    connect(m_editsCard, &ListCard::chosen, this, [this] { emit pageChosen(Page::History); });

    auto *chartCard = new Card(this);
    auto *chartBox = new QVBoxLayout(chartCard);
    chartBox->setContentsMargins(12, 8, 10, 6);
    chartBox->addWidget(m_chart);
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_cards->setSpacing(8);
    column->addWidget(chartCard, 4);
    column->addLayout(m_cards, 5); // until the cards have all the height they can use
    auto *scroll = new QScrollArea(this); // only a window with a banner in it can be too small
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inside);
    scroll->viewport()->setAutoFillBackground(false);
    inside->setAutoFillBackground(false);
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(scroll);
    arrange();
}

ListCard *OverviewPage::makeKeys(const QString &title, RankedKeyModel *model, const char *listName)
{
    auto *card = new ListCard(title, model, new RankedKeyDelegate(this), this);
    card->list()->setObjectName(QLatin1String(listName));
    connect(card, &ListCard::chosen, this, [this, model](int row) {
        const RankedKey key = model->at(row); // a copy: showing it may change the list
        emit keyChosen(key.policy, key.key);
    });
    return card;
}

void OverviewPage::makeNearSpin()
{
    m_share->setObjectName(QStringLiteral("nearShareSpin"));
    m_share->setAccessibleName(tr("Near from this part of the limit on"));
    m_share->setToolTip(tr("A key is near its limit from this part of it on. The table of keys goes by it, too."));
    m_share->setRange(50, 99);
    m_share->setSuffix(tr(" %"));
    m_share->setKeyboardTracking(false);
    const int saved = QSettings().value(shareSetting()).toInt();
    m_share->setValue(saved > 0 ? saved : 80);
    m_nearCard->addToTitle(m_share);
    auto *delegate = static_cast<RankedKeyDelegate *>(m_nearCard->list()->itemDelegate());
    delegate->setMark(nearShare());
    connect(m_share, &QSpinBox::valueChanged, this, [this, delegate](int percent) {
        QSettings().setValue(shareSetting(), percent);
        delegate->setMark(nearShare());
        m_nearCard->list()->viewport()->update();
    });
}

void OverviewPage::setStill(bool still)
{
    m_share->setEnabled(!still);
}

double OverviewPage::nearShare() const
{
    return m_share->value() / 100.0;
}

void OverviewPage::apply(const Snapshot &snapshot, std::optional<Instant> still)
{
    const Instant drawn = still.value_or(snapshot.now);
    applyChart(snapshot, drawn);
    sayWhyEmpty(snapshot);
    if (m_offenders->apply(snapshot.offenders, drawn)) // what stands above a list is about the rows in it
        titleOffenders(snapshot);
    if (m_near->apply(snapshot.nearLimit, drawn))
        countNear(snapshot.nearCount);
    m_edits->apply(snapshot.history, snapshot.now);
    m_health->apply(snapshot);
}

// The list may hold fewer than there are.
void OverviewPage::countNear(std::uint64_t near)
{
    const QString count = near == 1 ? tr("1 key") : tr("%1 keys").arg(formatCount(near));
    QString meaning = tr("%1 at %2 % of the limit or more").arg(count).arg(m_share->value());
    const auto listed = static_cast<std::uint64_t>(m_near->rowCount());
    if (listed == 0 || listed >= near) {
        m_nearCard->setRemark(tr("%1 ≥").arg(count), meaning);
        return;
    }
    meaning += QLatin1Char('\n') + tr("The list has the fullest of them; the table of keys has all.");
    m_nearCard->setRemark(tr("%1 ≥").arg(tr("%1 of %2").arg(formatCount(listed), formatCount(near))), meaning);
}

// Whoever is only watched is not called rejected.
void OverviewPage::titleOffenders(const Snapshot &snapshot)
{
    const bool watched = m_offenders->hasWatched();
    m_offendersCard->setTitle(!watched                       ? tr("Rejected most now")
                              : m_offenders->hasRejected() ? tr("Rejected, or would be")
                                                           : tr("Would be rejected most now"));
    const QString throttled = formatCount(snapshot.throttledCount);
    const QString shadow = formatCount(snapshot.shadowedCount);
    QStringList remark;
    QStringList meaning;
    const bool hasAll = snapshot.throttledCount + snapshot.shadowedCount <= static_cast<std::uint64_t>(m_offenders->rowCount());
    if (snapshot.throttledCount > 0 && !hasAll) {
        remark << tr("%1 throttled").arg(throttled);
        meaning << tr("Keys that are rejected: %1.").arg(throttled);
    }
    if (snapshot.shadowedCount > 0 && !hasAll) {
        remark << tr("%1 shadow").arg(shadow);
        meaning << tr("Keys that would be, but whose policies only watch (shadow mode): %1.").arg(shadow);
    }
    m_offendersCard->setRemark(remark.join(QStringLiteral(" · ")), meaning.join(QLatin1Char('\n')));
}

void OverviewPage::applyChart(const Snapshot &snapshot, Instant drawn)
{
    const bool nothing = std::all_of(snapshot.all.begin(), snapshot.all.end(), [](const SecondCounts &slice) { return slice.gap; });
    m_chart->setEmptyText(!nothing                           ? QString()
                              : snapshot.started             ? tr("No requests yet. They appear here as soon as a service asks.")
                                                             : tr("Nothing heard yet."));
    m_chart->setSpan(static_cast<int>(snapshot.span.count()));
    m_chart->setSeries(snapshot.all, drawn, snapshot.step);
    if (const auto flags = m_flags.take(snapshot))
        m_chart->setFlags(*flags);
}

void OverviewPage::sayWhyEmpty(const Snapshot &snapshot)
{
    if (snapshot.link.state != LinkState::Live) {
        for (ListCard *card : {m_offendersCard, m_nearCard})
            card->setEmpty(tr("Not known: Redis does not answer."), Ink::Muted);
    } else if (snapshot.total.requests() == 0) {
        m_offendersCard->setEmpty(tr("No requests have come yet, so nobody is rejected."), Ink::Muted);
        m_nearCard->setEmpty(tr("No requests have come yet, so nobody is near a limit."), Ink::Muted);
    } else {
        const Rates &rates = snapshot.rates;
        if (rates.rejected > 0) // of keys beyond the cap, or only just over
            m_offendersCard->setEmpty(tr("%1 rejections per second, of keys that are not listed now.").arg(formatRate(rates.rejected)), Ink::Muted);
        else if (rates.wouldReject > 0)
            m_offendersCard->setEmpty(tr("✓ Nobody is rejected. %1 per second would be, of keys that are not listed now.").arg(formatRate(rates.wouldReject)), Ink::Ok);
        else
            m_offendersCard->setEmpty(tr("✓ Nobody is rejected."), Ink::Ok);
        m_nearCard->setEmpty(tr("✓ No key has used %1 % of its limit.").arg(m_share->value()), Ink::Ok);
    }
    if (!snapshot.history)
        m_editsCard->setEmpty(tr("What was changed has not been read yet."), Ink::Muted);
    else if (!snapshot.history->error.empty())
        m_editsCard->setEmpty(QStringLiteral("▲ ") + displayText(snapshot.history->error, 300), Ink::Warning);
    else
        m_editsCard->setEmpty(tr("No limit has been changed yet. Edits appear here with who made them and why."), Ink::Muted);
}

void OverviewPage::arrange()
{
    const int columns = width() >= roomForFour ? 4 : width() >= roomForThree ? 3 : 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    const bool hasBand = columns == 3; // for three long lists; health needs least
    m_health->setBand(hasBand);
    if (hasBand)
        m_cards->addWidget(m_health, 0, 0, 1, columns);
    int place = hasBand ? columns : 0;
    for (QWidget *card : std::initializer_list<QWidget *> {m_offendersCard, m_nearCard, m_health, m_editsCard}) {
        if (card == m_health && hasBand)
            continue;
        m_cards->addWidget(card, place / columns, place % columns);
        ++place;
    }
    for (int column = 0; column < 4; ++column)
        m_cards->setColumnStretch(column, column >= columns ? 0 : columns == 4 && column == 2 ? 3 : 4); // names of keys are long
    m_cards->setRowStretch(0, hasBand ? 0 : 1);
    m_cards->setRowStretch(1, columns == 4 ? 0 : 1);
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace rateguard
