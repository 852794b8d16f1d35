using CsCheck;
using static LoyaltyPipeline.Core.Tests.Truth.Generators.DirtyCells;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

internal sealed class EngagementGenerators(DirtyCells cells)
{
    private const int FirstSeriesId = 1000;

    public Gen<IReadOnlyList<UserActivityRow>?> Activities => Gen.Select(
        DirtyRows.Of(SourceDefinitions.UserActivity, Activity, 14),
        RatingSeries.Of(cells.KnownUser),
        cells.Time,
        (rows, series, time) => series.Ratings.Count == 0
            ? rows
            : (IReadOnlyList<UserActivityRow>)[.. rows ?? [], .. series.Ratings.Select((rating, position) =>
                new UserActivityRow(FirstSeriesId + position, series.User, "feedback", time, null, rating))]);

    public Gen<IReadOnlyList<EngagementScoreRow>?> Scores => DirtyRows.Of(
        SourceDefinitions.EngagementScore,
        Gen.Select(
            Required(cells.User), Required(cells.Date), Required(Score), (user, date, score) => new EngagementScoreRow(user, date, score)),
        16);

    public Gen<IReadOnlyList<RepeatEngagementRow>?> Repeats => DirtyRows.Of(
        SourceDefinitions.RepeatEngagements,
        Gen.Select(
            Required(cells.User), RequiredText(Name), Required(NotNegative), Required(cells.Time),
            (user, type, count, last) => new RepeatEngagementRow(user, type, count, last)),
        10);

    public Gen<IReadOnlyList<FeatureAdoptionRow>?> Features => DirtyRows.Of(
        SourceDefinitions.FeatureAdoption,
        Gen.Select(
            Required(cells.User), RequiredText(Name), RequiredText(Name),
            Required(cells.Time), Required(cells.Time), Required(NotNegative),
            (user, feature, module, first, last, uses) => new FeatureAdoptionRow(user, feature, module, first, last, uses)),
        16);

    public Gen<IReadOnlyList<RetentionActionRow>?> Actions => DirtyRows.Of(
        SourceDefinitions.RetentionAction,
        Gen.Select(
            Required(cells.Id), Required(cells.User), RequiredText(cells.Text), Required(cells.Time),
            RequiredText(Accepted("pending", "retained", "churned")),
            (id, user, type, time, outcome) => new RetentionActionRow(id, user, type, time, outcome)),
        10);

    private Gen<UserActivityRow> Activity => Gen.Select(
        Required(cells.Id), Required(cells.User), RequiredText(Accepted("login", "purchase", "feedback")), Required(cells.Time),
        Optional(Amount), Optional(Rating),
        (id, user, type, time, amount, rating) => new UserActivityRow(id, user, type, time, amount, rating));
}
