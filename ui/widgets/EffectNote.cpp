// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/EffectNote.h"

#include "models/LimitPreview.h"
#include "widgets/TextLabel.h"

#include <QVBoxLayout>

#include <algorithm>

namespace rateguard {

EffectNote::EffectNote(QWidget *parent) : QWidget(parent), m_text(new TextLabel({}, Ink::Normal, this)), m_basis(new TextLabel({}, Ink::Muted, this))
{
    m_text->setObjectName(QStringLiteral("effectLabel"));
    m_text->setAccessibleDescription(tr("Effect"));
    m_text->setWordWrap(true);
    m_basis->setScale(0.9);
    m_basis->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_text);
    column->addWidget(m_basis);
    hide();
}

void EffectNote::watch(const Snapshot &snapshot)
{
    m_figures.now = snapshot.now;
    m_figures.policies = snapshot.policies;
    m_figures.offenders = snapshot.offenders;
    m_figures.nearLimit = snapshot.nearLimit;
    m_figures.overrides = snapshot.overrides;
}

void EffectNote::display(const LimitDraft *draft)
{
    const auto policy = std::find_if(m_figures.policies.begin(), m_figures.policies.end(),
                                     [draft](const PolicyRow &row) { return draft && row.name == draft->policy && row.valid; });
    const bool tells = policy != m_figures.policies.end() && draft->isTouched() && !draft->isNew() && !draft->isGone() && draft->limit.isValid();
    setVisible(tells);
    if (!tells)
        return;
    const LimitPreview preview = previewLimit(*policy, draft->limit, draft->mode, m_figures);
    m_text->setText(previewText(preview));
    m_basis->setText(previewBasis(preview));
}

} // namespace rateguard
