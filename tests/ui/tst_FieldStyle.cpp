// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/PrimaryButton.h"
#include "widgets/Theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace rateguard;

namespace {

double luminance(const QColor &colour)
{
    const auto part = [](double value) { return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

// WCAG 2.1: from 1 to 21.
double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

QWidget *make(const QString &kind, QWidget *parent)
{
    if (kind == QLatin1String("line edit"))
        return new QLineEdit(parent);
    if (kind == QLatin1String("combo box") || kind == QLatin1String("combo box to type in")) {
        auto *box = new QComboBox(parent);
        box->setEditable(kind.endsWith(QLatin1String("in")));
        return box;
    }
    if (kind == QLatin1String("spin box"))
        return new QSpinBox(parent);
    if (kind == QLatin1String("check box"))
        return new QCheckBox(parent);
    if (kind == QLatin1String("radio button"))
        return new QRadioButton(parent);
    return new QPushButton(parent);
}

} // namespace

class tst_FieldStyle : public QObject
{
    Q_OBJECT

private slots:
    void contrastIsAsWcagHasIt()
    {
        QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
        QVERIFY(std::abs(contrast(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01);
    }

    void framesCanBeSeen_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("focused");
        for (const bool dark : {false, true}) {
            for (const char *kind : {"line edit", "combo box", "combo box to type in", "spin box", "check box", "radio button", "button"}) {
                for (const bool focused : {false, true})
                    QTest::addRow("%s, %s%s", dark ? "dark" : "light", kind, focused ? ", in focus" : "") << dark << QString::fromLatin1(kind) << focused;
            }
        }
    }

    // What is drawn at the left edge, against what is around it: a page, and a card on it.
    void framesCanBeSeen()
    {
        QFETCH(bool, dark);
        QFETCH(QString, kind);
        QFETCH(bool, focused);
        applyTheme(dark ? Theme::Dark : Theme::Light);
        for (const auto role : {QPalette::Window, QPalette::Base}) {
            QWidget page;
            page.setBackgroundRole(role);
            page.setAutoFillBackground(true);
            page.resize(200, 60);
            QWidget *field = make(kind, &page);
            field->setGeometry(20, 15, 120, 28);
            page.show();
            if (focused) {
                QVERIFY(QTest::qWaitForWindowActive(&page));
                field->setFocus(Qt::TabFocusReason);
            } else {
                field->clearFocus();
            }
            const QImage image = page.grab().toImage();
            const QColor around = image.pixelColor(10, 29);
            QCOMPARE(around, page.palette().color(role));
            double best = 0;
            for (int x = 20; x < 24; ++x)
                best = std::max(best, contrast(image.pixelColor(x, 29), around));
            QVERIFY2(best >= 3, qPrintable(QStringLiteral("%1 : 1").arg(best)));
        }
    }

    void aButtonKeepsItsOwnColours()
    {
        for (const Theme theme : {Theme::Light, Theme::Dark}) {
            applyTheme(theme);
            QWidget page;
            page.resize(300, 60);
            QPushButton plain(QStringLiteral("Discard"), &page);
            PrimaryButton primary(QStringLiteral("Apply"), &page);
            plain.setGeometry(10, 10, 100, 28);
            primary.setGeometry(150, 10, 100, 28);
            page.show();
            primary.setEnabled(false);
            page.grab();
            primary.setEnabled(true); // its colours are other ones
            const QImage image = page.grab().toImage();
            const QColor text = primary.palette().color(QPalette::ButtonText);
            QVERIFY2(contrast(image.pixelColor(160, 24), text) >= 3, qPrintable(image.pixelColor(160, 24).name()));
            QVERIFY(contrast(image.pixelColor(20, 24), image.pixelColor(160, 24)) > 1.1);
        }
    }

    void aChangeOfThemeChangesTheFrames()
    {
        applyTheme(Theme::Light);
        const QStyle *style = QApplication::style();
        applyTheme(Theme::Dark);
        QCOMPARE(QApplication::style(), style); // made once
        for (const Theme theme : {Theme::Light, Theme::Dark, Theme::Light}) {
            applyTheme(theme);
            QLineEdit field;
            field.resize(100, 28);
            field.show();
            const QColor frame = field.grab().toImage().pixelColor(0, 14);
            QVERIFY(contrast(frame, ThemeColours::of(field.palette()).field) < 1.1);
        }
    }
};

QTEST_MAIN(tst_FieldStyle)
#include "tst_FieldStyle.moc"
