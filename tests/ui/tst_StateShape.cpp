// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StateShape.h"

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace rateguard;

namespace {

constexpr KeyState states[] = {KeyState::Quiet, KeyState::Active, KeyState::Near, KeyState::Throttled, KeyState::Shadowed, KeyState::Banned, KeyState::Exempt};

// As large as in the table, without its colour.
QImage shapeOf(KeyState state)
{
    QImage image(9, 9, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    drawStateShape(&painter, state, QRectF(0, 0, 9, 9), ThemeColours::of(QGuiApplication::palette()));
    painter.end();
    return image.convertToFormat(QImage::Format_Alpha8);
}

// Of all pixels, how many are clearly other.
int differing(const QImage &a, const QImage &b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            count += std::abs(a.constScanLine(y)[x] - b.constScanLine(y)[x]) > 100;
    }
    return count;
}

} // namespace

class tst_StateShape : public QObject
{
    Q_OBJECT

private slots:
    void everyStateHasAShapeAndAColourOfItsOwn()
    {
        const ThemeColours colours = ThemeColours::of(QGuiApplication::palette());
        for (const KeyState a : states) {
            for (const KeyState b : states) {
                if (a == b)
                    continue;
                QVERIFY2(differing(shapeOf(a), shapeOf(b)) >= 6, qPrintable(QStringLiteral("%1 and %2").arg(static_cast<int>(a)).arg(static_cast<int>(b))));
                QVERIFY(stateColour(a, colours) != stateColour(b, colours));
            }
        }
    }
};

QTEST_MAIN(tst_StateShape)
#include "tst_StateShape.moc"
