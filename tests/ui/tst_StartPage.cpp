// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StartPage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace rateguard;
using State = ConnectionStep::State;
using What = ConnectionStep::What;

class tst_StartPage : public QObject
{
    Q_OBJECT

    std::unique_ptr<StartPage> m_page;

    template <typename Widget>
    Widget *find(const char *name) const
    {
        return m_page->findChild<Widget *>(QString::fromLatin1(name));
    }
    // There are two of them: one in the form, one where a password is asked for.
    template <typename Widget>
    Widget *seen(const char *name) const
    {
        const auto all = m_page->findChildren<Widget *>(QString::fromLatin1(name));
        for (Widget *widget : all) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    void click(const char *button) const { find<QPushButton>(button)->click(); }
    QString text(const char *label) const { return find<QLabel>(label)->text(); }
    static Place place(const char *name, Environment environment = Environment::Unmarked)
    {
        return {QString::fromLatin1(name), QString::fromLatin1(name), QStringLiteral("redis://h:1"), QStringLiteral("ann"), environment, false, true};
    }
    static Place placeIn(const QSignalSpy &spy) { return spy.last()[0].value<Place>(); }
    static TypedPassword passwordIn(const QSignalSpy &spy) { return spy.last()[1].value<TypedPassword>(); }

private slots:
    void init()
    {
        m_page = std::make_unique<StartPage>(QString(), nullptr);
        m_page->setAddressProblem([](const QString &url) { return url.startsWith(QLatin1String("redis://")) ? QString() : QStringLiteral("Write redis://"); });
        m_page->resize(1000, 600);
        m_page->show();
    }

    void withoutSavedConnectionsTheAddressHasTheFocus()
    {
        m_page->showPlaces({}, {});
        m_page->takeFocus();
        QCOMPARE(m_page->focusWidget(), find<QLineEdit>("urlEdit"));
        QVERIFY(!find<QListWidget>("placeList")->isVisible());
        QVERIFY(!find<QPushButton>("editPlaceButton")->isEnabled());
    }

    void enterOpensTheSelectedConnection()
    {
        m_page->showPlaces({place("a"), place("b", Environment::Production)}, {});
        m_page->selectPlace(QStringLiteral("b"));
        m_page->takeFocus();
        QSignalSpy connects(m_page.get(), &StartPage::connectRequested);
        auto *list = find<QListWidget>("placeList");
        QCOMPARE(m_page->focusWidget(), list);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(connects.size(), 1);
        QCOMPARE(placeIn(connects), place("b", Environment::Production));
        QCOMPARE(passwordIn(connects), TypedPassword());
        const QPoint first = list->visualItemRect(list->item(0)).center();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, first);
        QCOMPARE(connects.size(), 1); // one click only selects
        QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, first);
        QCOMPARE(connects.size(), 2);
        QCOMPARE(placeIn(connects).name, QStringLiteral("a"));
    }

    void anEntryIsToldWithoutColours()
    {
        Place guarded = place("pay", Environment::Production);
        guarded.readOnly = true;
        m_page->showPlaces({guarded}, {});
        QCOMPARE(find<QListWidget>("placeList")->item(0)->data(Qt::AccessibleTextRole).toString(), QStringLiteral("pay, redis://h:1, Production, read-only"));
    }

    void whatIsWrongIsSaidAsItIsTyped()
    {
        m_page->showPlaces({place("a")}, {});
        click("newPlaceButton");
        auto *name = find<QLineEdit>("placeName");
        auto *url = find<QLineEdit>("placeUrl");
        auto *save = find<QPushButton>("savePlaceButton");
        QCOMPARE(m_page->focusWidget(), name);
        QVERIFY(!save->isEnabled());
        QTest::keyClicks(name, QStringLiteral("A"));
        QVERIFY(text("placeNameNote").contains(QStringLiteral("already")));
        QTest::keyClicks(name, QStringLiteral("bc"));
        QVERIFY(!text("placeNameNote").contains(QStringLiteral("already")));
        QTest::keyClicks(url, QStringLiteral("http://x"));
        QCOMPARE(text("placeUrlNote"), QStringLiteral("Write redis://"));
        QVERIFY(!save->isEnabled() && !find<QPushButton>("testDraftButton")->isEnabled());
        url->setText(QStringLiteral("redis://u:secret@x:1"));
        QVERIFY(text("placeUrlNote").contains(QStringLiteral("fields below")));
        QVERIFY(!save->isEnabled());
        url->setText(QStringLiteral("redis://x:1"));
        QVERIFY(save->isEnabled());
    }

    void savesWhatWasTyped_data()
    {
        QTest::addColumn<QString>("entered");
        for (const char *field : {"environmentCombo", "readOnlyBox", "placeName", "placeUrl", "userEdit", "passwordEdit"})
            QTest::newRow(field) << QString::fromLatin1(field);
    }
    void savesWhatWasTyped()
    {
        QFETCH(QString, entered); // Enter in it saves, once
        m_page->showPlaces({}, {});
        click("newPlaceButton");
        find<QLineEdit>("placeName")->setText(QStringLiteral("  Payments  EU "));
        find<QLineEdit>("placeUrl")->setText(QStringLiteral(" redis://x:1 "));
        seen<QLineEdit>("userEdit")->setText(QStringLiteral("ann"));
        QTest::keyClicks(seen<QLineEdit>("passwordEdit"), QStringLiteral("s p"));
        QCOMPARE(seen<QLineEdit>("passwordEdit")->echoMode(), QLineEdit::Password);
        seen<QCheckBox>("keepPasswordBox")->setChecked(true);
        auto *environment = find<QComboBox>("environmentCombo");
        environment->setCurrentIndex(3);
        find<QCheckBox>("readOnlyBox")->setChecked(true);
        QSignalSpy saves(m_page.get(), &StartPage::saveRequested);
        QTest::keyClick(seen<QWidget>(qPrintable(entered)), Qt::Key_Return);
        QCOMPARE(saves.size(), 1);
        QCOMPARE(placeIn(saves), (Place {{}, QStringLiteral("Payments EU"), QStringLiteral("redis://x:1"), QStringLiteral("ann"), Environment::Production, true, true}));
        QCOMPARE(passwordIn(saves), TypedPassword(QStringLiteral("s p")));
        QVERIFY(find<QLineEdit>("urlEdit")->isVisible()); // the form is gone, and the password with it
        const auto fields = m_page->findChildren<QLineEdit *>();
        for (const QLineEdit *field : fields)
            QVERIFY(!field->text().contains(QStringLiteral("s p")));
    }

    void tabGoesAsTheEyeDoes()
    {
        m_page->showPlaces({}, {});
        click("newPlaceButton");
        find<QLineEdit>("placeName")->setText(QStringLiteral("a"));
        find<QLineEdit>("placeUrl")->setText(QStringLiteral("redis://x:1"));
        auto *at = static_cast<QWidget *>(find<QCheckBox>("readOnlyBox"));
        for (const char *next : {"testDraftButton", "cancelPlaceButton", "savePlaceButton"}) {
            at = at->nextInFocusChain();
            QCOMPARE(at, static_cast<QWidget *>(find<QPushButton>(next)));
        }
    }

    void aPasswordThatIsKeptStaysUntilAnotherIsTyped()
    {
        m_page->showPlaces({place("a")}, {});
        QSignalSpy saves(m_page.get(), &StartPage::saveRequested);
        click("editPlaceButton");
        QVERIFY(seen<QLineEdit>("passwordEdit")->placeholderText().contains(QStringLiteral("unchanged")));
        click("savePlaceButton");
        QCOMPARE(placeIn(saves), place("a"));
        QCOMPARE(passwordIn(saves), TypedPassword());
    }

    void withoutAKeyringNothingIsKept()
    {
        m_page->showPlaces({place("a")}, {});
        m_page->showKeyringTrouble(QStringLiteral("No keyring here."));
        click("editPlaceButton");
        QVERIFY(!seen<QCheckBox>("keepPasswordBox")->isEnabled());
        QCOMPARE(seen<QLabel>("keyringNote")->text(), QStringLiteral("No keyring here."));
        QSignalSpy saves(m_page.get(), &StartPage::saveRequested);
        click("savePlaceButton");
        QVERIFY(placeIn(saves).keepsPassword); // of one that is kept nothing is forgotten: the trouble passes
        Place fresh = place("b");
        fresh.keepsPassword = false;
        m_page->showPlaces({fresh}, {});
        click("editPlaceButton");
        click("savePlaceButton");
        QVERIFY(!saves.last()[0].value<Place>().keepsPassword);
    }

    void escapeLeavesTheFormAsItWas()
    {
        m_page->showPlaces({place("a")}, {});
        QSignalSpy saves(m_page.get(), &StartPage::saveRequested);
        click("editPlaceButton");
        find<QLineEdit>("placeName")->setText(QStringLiteral("other"));
        QTest::keyClick(find<QLineEdit>("placeName"), Qt::Key_Escape);
        QVERIFY(!find<QLineEdit>("placeName")->isVisible());
        QCOMPARE(saves.size(), 0);
        click("editPlaceButton");
        QCOMPARE(find<QLineEdit>("placeName")->text(), QStringLiteral("a"));
    }

    void deletingAsksFirst()
    {
        m_page->showPlaces({place("a")}, {});
        QSignalSpy removes(m_page.get(), &StartPage::removeRequested);
        for (const char *answer : {"Cancel", "Delete"}) {
            click("deletePlaceButton");
            auto *question = find<QMessageBox>("deleteQuestion");
            QVERIFY(question);
            QVERIFY(question->informativeText().contains(QStringLiteral("keyring")));
            QCOMPARE(removes.size(), 0);
            const auto buttons = question->buttons();
            for (QAbstractButton *button : buttons) {
                if (button->text().remove(QLatin1Char('&')) == QLatin1String(answer))
                    button->click();
            }
            QTRY_VERIFY(!find<QMessageBox>("deleteQuestion"));
        }
        QCOMPARE(removes.size(), 1);
        QCOMPARE(placeIn(removes).id, QStringLiteral("a"));
    }

    void asksForAPasswordWhereItIsNeeded()
    {
        m_page->askPassword(place("a"), QStringLiteral("<b>NOAUTH</b>"));
        QCOMPARE(m_page->focusWidget(), seen<QLineEdit>("passwordEdit"));
        QCOMPARE(text("connectError"), QStringLiteral("<b>NOAUTH</b>"));
        QCOMPARE(find<QLabel>("connectError")->textFormat(), Qt::PlainText);
        QSignalSpy connects(m_page.get(), &StartPage::connectRequested);
        QTest::keyClicks(seen<QLineEdit>("passwordEdit"), QStringLiteral("secret"));
        seen<QCheckBox>("keepPasswordBox")->setChecked(false);
        QTest::keyClick(seen<QLineEdit>("passwordEdit"), Qt::Key_Return);
        QCOMPARE(connects.size(), 1);
        QCOMPARE(passwordIn(connects), TypedPassword(QStringLiteral("secret")));
        Place expected = place("a");
        expected.keepsPassword = false;
        QCOMPARE(placeIn(connects), expected);
        QVERIFY(!seen<QLineEdit>("passwordEdit"));
        const auto fields = m_page->findChildren<QLineEdit *>();
        for (const QLineEdit *field : fields)
            QVERIFY(!field->text().contains(QStringLiteral("secret")));
    }

    void anotherAddressIsAnotherPlace()
    {
        m_page->askPassword(place("a"), QStringLiteral("NOAUTH"));
        seen<QLineEdit>("passwordEdit")->setText(QStringLiteral("secret"));
        auto *url = find<QLineEdit>("urlEdit");
        url->selectAll();
        QTest::keyClicks(url, QStringLiteral("redis://other:1"));
        QVERIFY(!seen<QLineEdit>("passwordEdit"));
        QSignalSpy connects(m_page.get(), &StartPage::connectRequested);
        QTest::keyClick(url, Qt::Key_Return);
        QCOMPARE(placeIn(connects), (Place {.url = QStringLiteral("redis://other:1")}));
        QCOMPARE(passwordIn(connects), TypedPassword());
    }

    void offersTheAddressesUsedLately()
    {
        m_page->showRecent({QStringLiteral("redis://a:1"), QStringLiteral("redis://b:1")});
        auto *completer = find<QLineEdit>("urlEdit")->completer();
        completer->setCompletionPrefix(QStringLiteral("b:"));
        QCOMPARE(completer->completionCount(), 1);
        QCOMPARE(completer->currentCompletion(), QStringLiteral("redis://b:1"));
    }

    void showsATestStepByStep()
    {
        m_page->showPlaces({place("a")}, {});
        QSignalSpy tests(m_page.get(), &StartPage::testRequested);
        QSignalSpy stops(m_page.get(), &StartPage::testCancelled);
        QVERIFY(!find<QLabel>("testTitle")->isVisible());
        click("testPlaceButton");
        QCOMPARE(placeIn(tests), place("a"));
        QCOMPARE(text("testTitle"), QStringLiteral("Testing a"));
        m_page->showStep({What::Reach, State::Passed, "over TCP", std::chrono::microseconds(1200)});
        QCOMPARE(text("testSign1"), QStringLiteral("✓"));
        QCOMPARE(text("testDetail1"), QStringLiteral("over TCP"));
        m_page->showStep({What::Login, State::Failed, "wrong\x1b[2J", {}});
        QCOMPARE(text("testSign2"), QStringLiteral("✗"));
        QCOMPARE(text("testDetail2"), QStringLiteral("wrong\\x1B[2J"));
        m_page->showTested(false);
        QVERIFY(text("testTitle").contains(QStringLiteral("does not work")));
        click("closeTestButton");
        QVERIFY(!find<QLabel>("testTitle")->isVisible());
        QCOMPARE(stops.size(), 1);
    }
};

QTEST_MAIN(tst_StartPage)
#include "tst_StartPage.moc"
