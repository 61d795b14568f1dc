// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/AlertEditor.h"

#include "models/AlertWords.h"
#include "widgets/KeyHabits.h"
#include "widgets/PrimaryButton.h"
#include "widgets/TextLabel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSpinBox>

namespace rateguard {
namespace {

constexpr auto kinds = {AlertKind::Rejections, AlertKind::RejectedShare, AlertKind::NearLimit,
                        AlertKind::Silence,    AlertKind::EventLag,      AlertKind::Disconnected};

template <typename Enum>
Enum chosen(const QComboBox *box)
{
    return static_cast<Enum>(box->currentData().toInt());
}

template <typename Enum>
void choose(QComboBox *box, Enum value)
{
    box->setCurrentIndex(box->findData(static_cast<int>(value)));
}

} // namespace

AlertEditor::AlertEditor(QWidget *parent)
    : Card(parent),
      m_title(new TextLabel({}, Ink::Normal, this)),
      m_kind(new QComboBox(this)),
      m_threshold(new QDoubleSpinBox(this)),
      m_clearAt(new QDoubleSpinBox(this)),
      m_hold(new QSpinBox(this)),
      m_scope(new QComboBox(this)),
      m_pattern(new QLineEdit(this)),
      m_words(new TextLabel({}, Ink::Muted, this)),
      m_problem(new TextLabel({}, Ink::Warning, this)),
      m_save(new PrimaryButton(tr("Save rule"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this))
{
    build();
    wire();
    hide();
}

void AlertEditor::build()
{
    setObjectName(QStringLiteral("alertEditor"));
    m_title->setScale(1, true);
    m_kind->setObjectName(QStringLiteral("alertKindCombo"));
    for (const AlertKind kind : kinds)
        m_kind->addItem(alertKindText(kind), static_cast<int>(kind));
    m_threshold->setObjectName(QStringLiteral("alertThresholdSpin"));
    m_clearAt->setObjectName(QStringLiteral("alertClearSpin"));
    m_clearAt->setToolTip(tr("The alert ends when the figure is at this or less for as long. The space between keeps it from flapping."));
    m_hold->setObjectName(QStringLiteral("alertHoldSpin"));
    m_hold->setRange(1, static_cast<int>(AlertRule::maxHold.count()));
    m_hold->setSuffix(tr(" s"));
    m_hold->setGroupSeparatorShown(true);
    m_scope->setObjectName(QStringLiteral("alertScopeCombo"));
    m_scope->addItem(tr("All traffic"), static_cast<int>(AlertScope::All));
    m_scope->addItem(tr("Policies like"), static_cast<int>(AlertScope::Policy));
    m_scope->addItem(tr("Keys like"), static_cast<int>(AlertScope::Key));
    m_pattern->setObjectName(QStringLiteral("alertPatternEdit"));
    m_pattern->setToolTip(tr("* stands for anything, ? for one character. Of single keys, only the ten rejected most are known by name."));
    m_words->setWordWrap(true);
    m_words->setObjectName(QStringLiteral("alertWords"));
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("alertProblem"));
    m_problem->setAccessibleDescription(tr("What is wrong"));
    m_save->setObjectName(QStringLiteral("alertSaveButton"));
    m_cancel->setObjectName(QStringLiteral("alertCancelButton"));

    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setHorizontalSpacing(10);
    m_form->setVerticalSpacing(6);
    m_form->addRow(tr("Figure"), m_kind);
    m_form->addRow(tr("Above"), m_threshold);
    m_form->addRow(tr("For at least"), m_hold);
    m_form->addRow(tr("Ends at"), m_clearAt);
    m_form->addRow(tr("Of"), m_scope);
    m_form->addRow(tr("Pattern"), m_pattern);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 10);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addLayout(m_form);
    column->addWidget(m_words);
    column->addWidget(m_problem);
    column->addLayout(buttons);
    column->addStretch(1);
    setFixedWidth(280);
    // As the eye goes, or a figure is typed into another field than is meant.
    const std::initializer_list<QWidget *> order {m_kind, m_threshold, m_hold, m_clearAt, m_scope, m_pattern, m_cancel, m_save};
    for (auto next = order.begin() + 1; next != order.end(); ++next)
        setTabOrder(next[-1], *next);
}

void AlertEditor::wire()
{
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AlertEditor::useKind);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &AlertEditor::useKind);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (!m_ownEnd && !m_filling) {
            m_filling = true;
            m_clearAt->setValue(usualClearAt(value));
            m_filling = false;
        }
        check();
    });
    connect(m_clearAt, &QDoubleSpinBox::valueChanged, this, [this] {
        m_ownEnd = m_ownEnd || !m_filling;
        check();
    });
    connect(m_hold, &QSpinBox::valueChanged, this, &AlertEditor::check);
    connect(m_pattern, &QLineEdit::textChanged, this, &AlertEditor::check);
    connect(m_save, &QPushButton::clicked, this, &AlertEditor::save);
    connect(m_cancel, &QPushButton::clicked, this, &AlertEditor::close);
}

void AlertEditor::open(const AlertRule &rule)
{
    m_rule = rule;
    m_title->setText(rule.id == 0 ? tr("New alert rule") : tr("Edit alert rule"));
    m_filling = true;
    choose(m_kind, rule.kind);
    choose(m_scope, rule.scope);
    m_pattern->setText(QString::fromStdString(rule.pattern));
    m_hold->setValue(static_cast<int>(rule.hold.count()));
    useKind();
    m_threshold->setValue(rule.threshold);
    m_clearAt->setValue(rule.clearAt);
    m_ownEnd = rule.clearAt != usualClearAt(rule.threshold);
    m_filling = false;
    check();
    show();
    m_kind->setFocus();
}

void AlertEditor::close()
{
    m_rule = {};
    hide();
    emit closed();
}

void AlertEditor::useKind()
{
    const auto kind = chosen<AlertKind>(m_kind);
    const QString unit = kind == AlertKind::Rejections ? tr(" /s")
        : kind == AlertKind::RejectedShare             ? tr(" %")
        : kind == AlertKind::NearLimit                 ? tr(" keys")
                                                       : tr(" ms");
    AlertRule bounds;
    bounds.kind = kind;
    for (QDoubleSpinBox *spin : {m_threshold, m_clearAt}) {
        spin->setSuffix(unit);
        spin->setDecimals(kind == AlertKind::NearLimit ? 0 : 1);
        spin->setRange(0, highestThreshold(bounds)); // of a pattern less: said in words
        spin->setGroupSeparatorShown(true);
        m_form->labelForField(spin)->setVisible(hasThreshold(kind));
        spin->setVisible(hasThreshold(kind));
    }
    const bool averaged = isAveraged(kind);
    static_cast<QLabel *>(m_form->labelForField(m_hold))->setText(averaged ? tr("Averaged over") : tr("For at least"));
    m_hold->setMinimum(averaged ? static_cast<int>(AlertRule::ratesCover.count()) : 1);
    const bool scoped = allowsScope(kind, AlertScope::Policy);
    const bool patterned = scoped && chosen<AlertScope>(m_scope) != AlertScope::All;
    m_form->labelForField(m_scope)->setVisible(scoped);
    m_scope->setVisible(scoped);
    m_form->labelForField(m_pattern)->setVisible(patterned);
    m_pattern->setVisible(patterned);
    m_pattern->setPlaceholderText(chosen<AlertScope>(m_scope) == AlertScope::Key ? QStringLiteral("search:user-*") : QStringLiteral("api*"));
    check();
}

AlertRule AlertEditor::rule() const
{
    AlertRule rule = m_rule;
    rule.kind = chosen<AlertKind>(m_kind);
    rule.threshold = hasThreshold(rule.kind) ? m_threshold->value() : 0;
    rule.clearAt = hasThreshold(rule.kind) ? m_clearAt->value() : 0;
    rule.hold = std::chrono::seconds(m_hold->value());
    rule.scope = allowsScope(rule.kind, AlertScope::Policy) ? chosen<AlertScope>(m_scope) : AlertScope::All;
    rule.pattern = rule.scope == AlertScope::All ? std::string() : m_pattern->text().trimmed().toStdString();
    return rule;
}

void AlertEditor::check()
{
    if (m_filling)
        return;
    const AlertRule wanted = rule();
    const QString problem = alertProblem(wanted);
    m_problem->setText(problem.isEmpty() ? QString() : QStringLiteral("▲ ") + problem);
    m_problem->setVisible(!problem.isEmpty());
    m_words->setText(alertRuleText(wanted));
    m_words->setVisible(problem.isEmpty());
    m_save->setEnabled(problem.isEmpty());
}

void AlertEditor::save()
{
    const AlertRule wanted = rule();
    if (!isValid(wanted))
        return;
    close();
    emit saved(wanted);
}

void AlertEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if (isEnter(*event))
        save();
    else
        Card::keyPressEvent(event);
}

} // namespace rateguard
