// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Confirmation.h"

#include "widgets/ConfirmationDialog.h"

namespace rateguard {
namespace {

bool mustAsk(Environment environment, const Step &step)
{
    switch (environment) {
    case Environment::Development: return false;
    case Environment::Unmarked:
    case Environment::Test: return step.isLarge;
    case Environment::Production: return true;
    }
    return true;
}

} // namespace

void confirm(QWidget *parent, Environment environment, const Step &step, std::function<void()> go)
{
    if (!mustAsk(environment, step)) {
        go();
        return;
    }
    Step asked = step;
    if (environment != Environment::Production || !step.isLarge)
        asked.typed.clear();
    auto *dialog = new ConfirmationDialog(asked, environment, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, parent, [go = std::move(go)] { go(); });
    dialog->open();
}

} // namespace rateguard
