// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Confirmation.h"

#include "widgets/ConfirmationDialog.h"

namespace rateguard {
namespace {

void ask(QWidget *parent, Environment environment, const Step &step, Asking asking, std::function<void()> go)
{
    if (asking == Asking::Nothing) {
        go();
        return;
    }
    Step asked = step;
    if (asking != Asking::Name)
        asked.typed.clear();
    auto *dialog = new ConfirmationDialog(asked, environment, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, parent, [go = std::move(go)] { go(); });
    dialog->open();
}

} // namespace

void confirm(QWidget *parent, Environment environment, const Step &step, std::function<void()> go)
{
    ask(parent, environment, step, askingFor(environment, step.size), std::move(go));
}

void confirmListed(QWidget *parent, Environment environment, const Step &step, std::function<void()> go)
{
    const Asking asking = askingFor(environment, step.size);
    ask(parent, environment, step, asking == Asking::Name ? asking : Asking::Nothing, std::move(go));
}

QString askingLabel(const QString &verb, bool asks)
{
    return asks ? verb + QStringLiteral("…") : verb;
}

QString askingLabel(const QString &verb, Environment environment, StepSize size)
{
    return askingLabel(verb, askingFor(environment, size) != Asking::Nothing);
}

} // namespace rateguard
