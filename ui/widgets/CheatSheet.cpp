// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/CheatSheet.h"

#include "widgets/Card.h"
#include "widgets/LimitForm.h"
#include "widgets/TextLabel.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QKeySequence>

namespace rateguard {
namespace {

QString native(const char *keys)
{
    return QKeySequence(QString::fromLatin1(keys)).toString(QKeySequence::NativeText);
}

// As the button has it, in any language.
QString mnemonic(const QString &button)
{
    return QKeySequence::mnemonic(button).toString(QKeySequence::NativeText);
}

} // namespace

CheatSheet::CheatSheet(QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(16, 14, 16, 12);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(10);
    grid->addWidget(section(tr("Go"), {{native("Ctrl+1") + QStringLiteral(" … 6"), tr("Overview, Keys, Details, Limits, History, Alerts")},
                                       {QStringLiteral("/"), tr("to the filter of the keys")},
                                       {native("Return"), tr("details of the selected key")},
                                       {QStringLiteral("E"), tr("edit the limit that is shown, or the selected key's")},
                                       {native("Ctrl+O"), tr("watch another Redis")},
                                       {native("Ctrl+Q"), tr("quit")}}),
                    0, 0);
    grid->addWidget(section(tr("Time"), {{native("Space"), tr("hold the picture still, and go on")},
                                         {QStringLiteral("[   ]"), tr("a shorter, a longer time")},
                                         {QStringLiteral("0"), tr("back to live after a zoom")},
                                         {tr("drag, wheel"), tr("zoom into a chart")},
                                         {QStringLiteral("←  →"), tr("move the crosshair of a chart")},
                                         {QStringLiteral("T"), tr("a chart as a table, and back")}}),
                    0, 1);
    grid->addWidget(section(tr("Keys"), {{tr("word  word"), tr("all of them in the policy or key")},
                                         {QStringLiteral("!word"), tr("not this one")},
                                         {QStringLiteral("policy:search"), tr("this policy")},
                                         {QStringLiteral("state:throttled"), tr("also banned, exempt, shadow, near, active, quiet")},
                                         {QStringLiteral("rejected>0  used>80%"), tr("figures")},
                                         {QStringLiteral("re:user-[0-9]+$"), tr("a regular expression")},
                                         {native("Esc"), tr("clear the filter; in the table: select nothing")}}),
                    1, 0);
    grid->addWidget(section(tr("Change"), {{mnemonic(LimitForm::tr("&Apply")), tr("apply the edit")},
                                           {mnemonic(LimitForm::tr("Discard chan&ges")), tr("discard it")},
                                           {native("F2"), tr("edit a limit in the table")},
                                           {native("Ctrl+Z"), tr("outside a field: undo the last edit made here; it is shown before it is sent")},
                                           {native("Ctrl+S"), tr("export what is on screen")},
                                           {native("Ctrl+C"), tr("copy the selected rows")},
                                           {QStringLiteral("?"), tr("this sheet")}}),
                    1, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    grid->addWidget(buttons, 2, 0, 1, 2);
}

QWidget *CheatSheet::section(const QString &title, const QList<std::pair<QString, QString>> &keys)
{
    auto *card = new Card(this);
    auto *grid = new QGridLayout(card);
    grid->setContentsMargins(14, 10, 14, 12);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(5);
    auto *heading = new TextLabel(title, Ink::Normal, card);
    heading->setScale(1.0, true);
    grid->addWidget(heading, 0, 0, 1, 2);
    int row = 0;
    for (const auto &[key, what] : keys) {
        auto *name = new TextLabel(key, Ink::Normal, card);
        name->setScale(0.95, true);
        auto *meaning = new TextLabel(what, Ink::Muted, card);
        name->setAccessibleName(key + QStringLiteral(": ") + what);
        grid->addWidget(name, ++row, 0);
        grid->addWidget(meaning, row, 1);
    }
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(row + 1, 1);
    return card;
}

} // namespace rateguard
