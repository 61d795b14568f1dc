// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/MainMenu.h"

#include "format/Text.h"

#include <QActionGroup>
#include <QMenuBar>

namespace rateguard {

MainMenu::MainMenu(QMenuBar *bar, Theme theme) : QObject(bar)
{
    QMenu *file = bar->addMenu(tr("&File"));
    file->addAction(tr("&Connect…"), QKeySequence(Qt::CTRL | Qt::Key_O), this, &MainMenu::connectChosen);
    // Not Ctrl+E: a line edit goes to the end of the line with that.
    m_export = file->addAction(tr("&Export…"), QKeySequence(Qt::CTRL | Qt::Key_S), this, &MainMenu::exportChosen);
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &MainMenu::quitChosen);
    makeEdit(bar);
    makeView(bar, theme);
    QMenu *help = bar->addMenu(tr("&Help"));
    help->addAction(tr("&Keys") + QStringLiteral("\t?"), this, &MainMenu::keysChosen);
    help->addAction(tr("&About RateGuard"), this, &MainMenu::aboutChosen);
    setWatching(false);
}

void MainMenu::makeEdit(QMenuBar *bar)
{
    QMenu *edit = bar->addMenu(tr("Ed&it"));
    edit->setToolTipsVisible(true); // they say what is undone, or why nothing is
    // Ctrl+Z is shown, but is no shortcut of the action: it belongs to the page of limits, and in a text field to the field.
    m_undo = edit->addAction(QString(), this, &MainMenu::undoChosen);
    m_undo->setObjectName(QStringLiteral("undoAction"));
    edit->addSeparator();
    m_copy = edit->addAction(tr("&Copy selected keys"), QKeySequence(QKeySequence::Copy), this, &MainMenu::copyChosen);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut); // elsewhere there is other text to copy
}

void MainMenu::offerUndo(const UndoOffer &offer)
{
    m_offer = offer;
    displayUndo();
}

void MainMenu::displayUndo()
{
    QString what = m_offer.what;
    what.replace(QLatin1Char('&'), QStringLiteral("&&"));
    const bool isOffered = m_watching && m_offer.isPossible();
    const QString text = !m_watching || what.isEmpty() ? tr("&Undo last edit") : isOffered ? tr("&Undo %1…").arg(what) : tr("&Undo %1").arg(what);
    m_undo->setText(text + QLatin1Char('\t')
                    + QKeySequence(QKeySequence::Undo).toString(QKeySequence::NativeText));
    m_undo->setEnabled(isOffered);
    m_undo->setToolTip(plainToolTip(!m_watching          ? tr("Connect to a Redis first.")
                                    : m_offer.text.isEmpty() ? tr("Select a policy on the page of limits first.")
                                                             : m_offer.text));
}

void MainMenu::makeView(QMenuBar *bar, Theme theme)
{
    QMenu *view = bar->addMenu(tr("&View"));
    // Space is shown, but is no shortcut of the action: as one it would be taken from buttons, which need it.
    m_pause = view->addAction(tr("&Pause") + QStringLiteral("\t") + QKeySequence(Qt::Key_Space).toString(QKeySequence::NativeText));
    m_pause->setCheckable(true);
    connect(m_pause, &QAction::triggered, this, &MainMenu::pauseToggled);
    view->addSeparator();
    for (const Page page : allPages) { // the keys are those of the rail
        const QKeySequence keys(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(page)));
        m_pages << view->addAction(pageTitle(page) + QLatin1Char('\t') + keys.toString(QKeySequence::NativeText), this,
                                   [this, page] { emit pageChosen(page); });
    }
    view->addSeparator();

    QMenu *themes = view->addMenu(tr("&Theme"));
    auto *group = new QActionGroup(this);
    const std::pair<Theme, QString> choices[] = {
        {Theme::System, tr("&System")}, {Theme::Light, tr("&Light")}, {Theme::Dark, tr("&Dark")}};
    for (const auto &[choice, text] : choices) {
        QAction *action = themes->addAction(text, this, [this, chosen = choice] { emit themeChosen(chosen); });
        action->setCheckable(true);
        action->setChecked(choice == theme);
        group->addAction(action);
    }
}

void MainMenu::setWatching(bool watching)
{
    for (QAction *action : {m_export, m_copy, m_pause})
        action->setEnabled(watching);
    for (QAction *action : m_pages)
        action->setEnabled(watching);
    m_watching = watching;
    displayUndo();
}

void MainMenu::setPaused(bool paused)
{
    m_pause->setChecked(paused);
}

} // namespace rateguard
