// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Confirmation.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTest>

using namespace rateguard;

namespace {

struct Question
{
    Question(Environment environment, StepSize size)
    {
        window.show();
        confirm(&window, environment, {QStringLiteral("Ban it?"), QStringLiteral("<b>All</b> is rejected."), QStringLiteral("search"), size}, [this] { ++gone; });
        dialog = window.findChild<QDialog *>();
    }
    QPushButton *button(const char *name) const { return dialog->findChild<QPushButton *>(QLatin1String(name)); }
    QLineEdit *field() const { return dialog->findChild<QLineEdit *>(); }

    QWidget window;
    QPointer<QDialog> dialog;
    int gone = 0;
};

} // namespace

class tst_Confirmation : public QObject
{
    Q_OBJECT

private slots:
    void asksWhatTheRuleSays()
    {
        for (const Environment environment : environments) {
            for (const StepSize size : {StepSize::Small, StepSize::Medium, StepSize::Large}) {
                const Question it(environment, size);
                const auto asking = askingFor(environment, size);
                QCOMPARE(it.gone, asking == Asking::Nothing ? 1 : 0);
                QCOMPARE(it.dialog.isNull(), asking == Asking::Nothing);
                if (it.dialog)
                    QCOMPARE(it.field()->isVisible(), asking == Asking::Name);
            }
        }
    }

    void afterAListOfWhatWillBeDoneOnlyTheNameIsAskedFor()
    {
        for (const Environment environment : environments) {
            QWidget window;
            int gone = 0;
            confirmListed(&window, environment, {QStringLiteral("Ban it?"), {}, QStringLiteral("search"), StepSize::Large}, [&gone] { ++gone; });
            QCOMPARE(gone, environment == Environment::Production ? 0 : 1);
            confirmListed(&window, environment, {QStringLiteral("Ban it?"), {}, QStringLiteral("search"), StepSize::Medium}, [&gone] { ++gone; });
            QCOMPARE(gone, environment == Environment::Production ? 1 : 2);
        }
    }

    void dotsSayThatSomethingIsAsked()
    {
        QCOMPARE(askingLabel(QStringLiteral("Ban"), Environment::Development, StepSize::Large), QStringLiteral("Ban…"));
        QCOMPARE(askingLabel(QStringLiteral("Lift"), Environment::Development, StepSize::Medium), QStringLiteral("Lift"));
        QCOMPARE(askingLabel(QStringLiteral("Lift"), Environment::Test, StepSize::Medium), QStringLiteral("Lift…"));
    }

    void cancelHasTheFocusAndEnterDoesNotConfirm()
    {
        Question it(Environment::Test, StepSize::Large);
        QCOMPARE(it.dialog->focusWidget(), it.button("confirmCancel"));
        QTest::keyClick(it.dialog.data(), Qt::Key_Return);
        QCOMPARE(it.gone, 0);
        QTRY_VERIFY(it.dialog.isNull()); // it was Cancel that Enter pressed
    }

    void whatHasTheFocusIsSeenFromTheBeginning()
    {
        const Question it(Environment::Test, StepSize::Large);
        QVERIFY(it.dialog->testAttribute(Qt::WA_KeyboardFocusChange)); // what the style goes by
    }

    void noLineEndsWithinALimitOrATime()
    {
        QWidget window;
        const QString what = QStringLiteral("Change the limit of user 7 to 100/min shadow for 10 min?");
        confirm(&window, Environment::Test, {what, {}, {}, StepSize::Large}, [] { });
        const auto *label = window.findChild<QLabel *>(QStringLiteral("confirmWhat"));
        QCOMPARE(label->text(), QStringLiteral("Change the limit of user 7 to 100/\u2060min shadow for 10\u00a0min?"));
        QCOMPARE(label->accessibleName(), what);
    }

    void enterOnTheOtherButtonConfirmsOnce()
    {
        Question it(Environment::Test, StepSize::Large);
        it.button("confirmGo")->setFocus();
        QTest::keyClick(it.dialog.data(), Qt::Key_Return);
        QCOMPARE(it.gone, 1);
        QTRY_VERIFY(it.dialog.isNull());
    }

    void theNameMustBeTypedLetterForLetter()
    {
        Question it(Environment::Production, StepSize::Large);
        QCOMPARE(it.dialog->focusWidget(), it.field());
        QTest::keyClicks(it.field(), QStringLiteral("Search"));
        QVERIFY(!it.button("confirmGo")->isEnabled());
        it.field()->setText(QStringLiteral("search "));
        QVERIFY(!it.button("confirmGo")->isEnabled());
        it.field()->setText(QStringLiteral("search"));
        QVERIFY(it.button("confirmGo")->isEnabled());
        QTest::keyClick(it.field(), Qt::Key_Return); // a habit is no decision
        QCOMPARE(it.gone, 0);
        QVERIFY(it.dialog);
        it.button("confirmGo")->click();
        QCOMPARE(it.gone, 1);
    }

    void nothingHappensWhenTheParentHasGone()
    {
        int gone = 0;
        auto *window = new QWidget;
        confirm(window, Environment::Test, {QStringLiteral("x"), {}, {}, StepSize::Large}, [&gone] { ++gone; });
        delete window;
        QApplication::processEvents();
        QCOMPARE(gone, 0);
    }
};

QTEST_MAIN(tst_Confirmation)
#include "tst_Confirmation.moc"
