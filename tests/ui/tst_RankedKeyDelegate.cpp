// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/RankedKeyModel.h"
#include "widgets/RankedKeyDelegate.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace rateguard;

namespace {

QImage drawn(const char *policy, const char *key, int width)
{
    RankedKey ranked {policy, key, {}};
    ranked.row.state = KeyState::Throttled;
    ranked.row.rates.rejected = 5;
    RankedKeyModel model(RankedKeyModel::By::Rejections, nullptr);
    model.apply({ranked}, Instant(std::chrono::seconds(1'000'000)));
    RankedKeyDelegate delegate(nullptr);
    QStyleOptionViewItem option;
    option.rect = QRect(0, 0, width, 22);
    option.palette = QApplication::palette();
    option.font = QApplication::font();
    option.fontMetrics = QFontMetrics(option.font);
    QImage image(width, 22, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    delegate.paint(&painter, option, model.index(0));
    return image;
}

} // namespace

class tst_RankedKeyDelegate : public QObject
{
    Q_OBJECT

private slots:
    void whereItIsTightTheEndOfTheKeyStays()
    {
        for (const int width : {260, 320}) {
            QVERIFY(drawn("checkout", "android-app/4.2.1 on some phone device-81f3", width) != drawn("checkout", "android-app/4.2.1 on some phone device-77a0", width));
            // And what is cut is the beginning.
            QVERIFY(drawn("checkout", "android-app/4.2.1 on some phone device-81f3", width) == drawn("checkout", "ondroid-app/4.2.1 on some phone device-81f3", width));
        }
    }

    void thePolicyGivesWayFirst()
    {
        const char *key = "android-app/4.2.1 device-81f3";
        const QString whole = QString::fromLatin1(key);
        const int room = QFontMetrics(QApplication::font()).horizontalAdvance(whole) + 190; // for the whole key, and not for all of this policy
        QVERIFY(drawn("a-policy-with-a-very-long-name-that-ends-in-a", key, room) == drawn("a-policy-with-a-very-long-name-that-ends-in-b", key, room));
        QVERIFY(drawn("a-policy-with-a-very-long-name", key, room) != drawn("a-policy-with-a-very-long-name", "undroid-app/4.2.1 device-81f3", room));
    }
};

QTEST_MAIN(tst_RankedKeyDelegate)
#include "tst_RankedKeyDelegate.moc"
