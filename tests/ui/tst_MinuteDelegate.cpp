// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyTableModel.h"
#include "widgets/MinuteDelegate.h"
#include "widgets/Theme.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace rateguard;

namespace {

constexpr QSize cell(72, 24); // 60 pixels of bars, and the padding

// One key whose last minute this is.
void show(KeyTableModel &model, const std::vector<MinuteSlice> &minute)
{
    Snapshot snapshot;
    snapshot.table.rows = 1;
    KeyEntry entry;
    entry.policy = "login";
    entry.key = "bob";
    entry.minute = minute;
    snapshot.table.held = {entry};
    model.apply(snapshot);
}

QImage paint(const std::vector<MinuteSlice> &minute)
{
    KeyTableModel model;
    show(model, minute);
    const MinuteDelegate delegate(nullptr);
    QImage image(cell, QImage::Format_RGB32);
    image.fill(Qt::white);
    QStyleOptionViewItem option;
    option.rect = image.rect();
    QPainter painter(&image);
    delegate.paint(&painter, option, model.index(0, static_cast<int>(KeyColumn::Minute)));
    return image;
}

// Of the pixels between these seconds, how many differ.
int differences(const QImage &a, const QImage &b, int from, int to)
{
    int count = 0;
    for (int x = CellDelegate::padding + from; x < CellDelegate::padding + to; ++x) {
        for (int y = 0; y < a.height(); ++y)
            count += a.pixel(x, y) != b.pixel(x, y);
    }
    return count;
}

} // namespace

class tst_MinuteDelegate : public QObject
{
    Q_OBJECT

    const std::vector<MinuteSlice> m_calm {60};

    static std::vector<MinuteSlice> outage(std::size_t from, std::size_t to)
    {
        std::vector<MinuteSlice> minute(60);
        for (std::size_t i = from; i < to; ++i)
            minute[i].gap = true;
        return minute;
    }

private slots:
    void anOutageDoesNotLookCalm()
    {
        const QImage calm = paint(m_calm);
        const QImage unheard = paint(outage(20, 40));
        QVERIFY(differences(calm, unheard, 20, 40) > 50);
        QCOMPARE(differences(calm, unheard, 0, 20), 0);
        QCOMPARE(differences(calm, unheard, 40, 60), 0);
    }

    void whatIsNotKnownHasNoLineToStandOn()
    {
        const QImage image = paint(outage(0, 60));
        const QImage calm = paint(m_calm);
        const int line = cell.height() - 4;
        QVERIFY(calm.pixel(10, line) == calm.pixel(11, line) && calm.pixel(10, line) != calm.pixel(10, 4));
        bool even = true;
        for (int x = CellDelegate::padding + 1; x < cell.width() - CellDelegate::padding; ++x)
            even &= image.pixel(x, line) == image.pixel(x - 1, line);
        QVERIFY(!even); // hatched
    }

    void aSecondThatIsHalfKnownDoesNotSetTheScale()
    {
        std::vector<MinuteSlice> minute = outage(20, 40);
        for (MinuteSlice &slice : minute)
            slice.allowed = 10;
        const QImage before = paint(minute);
        minute[20].allowed = 1000;
        minute[20].rejected = 1000;
        QVERIFY(paint(minute) == before);
    }

    void whatOnlyWouldBeRejectedLooksOtherThanWhatIs()
    {
        std::vector<MinuteSlice> minute(60);
        for (std::size_t i = 20; i < 40; ++i)
            minute[i].rejected = 9;
        const QImage rejected = paint(minute);
        for (std::size_t i = 20; i < 40; ++i)
            minute[i].shadowed = 9;
        const QImage shadowed = paint(minute);
        QVERIFY(differences(rejected, shadowed, 20, 40) > 50);
        const ThemeColours colours = ThemeColours::of(QPalette());
        const int x = CellDelegate::padding + 30;
        int ofShadow = 0;
        int ofGround = 0;
        for (int y = cell.height() * 3 / 4; y < cell.height() - 4; ++y) {
            QVERIFY(rejected.pixelColor(x, y) == colours.rejected);
            ofShadow += shadowed.pixelColor(x, y) == colours.shadow;
            ofGround += shadowed.pixelColor(x, y) == QColor(Qt::white);
        }
        QVERIFY(ofShadow > 0 && ofGround > 0); // striped: not by its colour alone
        QCOMPARE(minuteText(minute), QStringLiteral("0 allowed, 180 over the limit (180 of them let in by shadow mode)"));
    }

    void wordsSayItToo()
    {
        std::vector<MinuteSlice> minute = outage(20, 40);
        minute[0].allowed = 7;
        minute[59].rejected = 2;
        QCOMPARE(minuteText(minute), QStringLiteral("7 allowed, 2 over the limit, 20 s not known"));
        QCOMPARE(minuteText(m_calm), QStringLiteral("0 allowed, 0 over the limit"));
        QCOMPARE(minuteText({}), QString());
    }
};

QTEST_MAIN(tst_MinuteDelegate)
#include "tst_MinuteDelegate.moc"
