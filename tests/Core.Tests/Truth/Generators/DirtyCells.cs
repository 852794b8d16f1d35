using CsCheck;
using static LoyaltyPipeline.Core.Tests.Truth.Moments;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

/// <summary>
/// Random cells. Small pools, so that equal values and values next to a limit are frequent; the plainest value first, for shrinking.
/// </summary>
internal sealed class DirtyCells(DateOnly runDate, int users)
{
    // A row has about ten cells: rare enough that most rows are sound.
    private const double RarelyNull = 0.02;
    private const double OftenNull = 0.3;

    private const long MicrosecondsPerDay = 24L * 60 * 60 * 1_000_000;

    public Gen<long> User => Gen.Frequency(
        (16, KnownUser),
        (1, Gen.OneOf<long>(users + 1, -1, long.MaxValue)));

    public Gen<long> Id { get; } = Gen.Int[1, 12].Select(id => (long)id);

    public Gen<DateTime> Time { get; } = Gen.Frequency(
        (8, Gen.OneOf(EdgesOfDays(runDate))),
        (4, Gen.Long[0, 45 * MicrosecondsPerDay].Select(elapsed => Start(runDate, -40).AddMicroseconds(elapsed))),
        (1, Gen.OneOf(Time("1970-01-01"), Time("2999-12-31 23:59:59.999999"))));

    public Gen<DateOnly> Date { get; } =
        Gen.OneOf(0, -1, 1, -29, -30, 2, -400).Select(days => runDate.AddDays(days));

    /// <summary>A user who has a profile, unless there are none at all.</summary>
    public Gen<long> KnownUser { get; } = Gen.Int[1, Math.Max(users, 1)].Select(user => (long)user);

    /// <summary>Where comparing by UTF-16 unit, without case, by culture or after trimming goes wrong.</summary>
    public Gen<string> Text { get; } = Gen.Frequency(
        (2, Name),
        (1, Gen.OneOf("b", "", "a ", "Zo\u00EB", "Zoe\u0308", "Zoe", "\U0001F600", "\u00DF", "ss", "O'Brien", "=1+1\t\"x\",\ny")));

    /// <summary>By UTF-16 unit U+1D49C, a surrogate pair, would sort before U+FF5E.</summary>
    public static Gen<string> Name { get; } = Gen.OneOf("a", "\uFF5E", "\U0001D49C", "A");

    public static Gen<string> Region { get; } = Gen.Frequency((3, Gen.Const("EU")), (2, Gen.OneOf("US", "eu", "\u00D6ST", "\U0001D49C")));

    public static Gen<string> Accepted(params string[] values) => Gen.Frequency(
        (40, Gen.OneOf(values)),
        (1, Gen.OneOf("", values[0].ToUpperInvariant(), values[^1] + " ", "other")));

    public static Gen<int> NotNegative { get; } = Gen.Frequency((30, Gen.OneOf(0, 1, 2, 7, 100)), (1, Gen.OneOf(-1, int.MinValue)));

    public static Gen<int> Rating { get; } = Gen.Frequency((20, Gen.Int[1, 5]), (1, Gen.OneOf(0, 6, -3)));

    public static Gen<decimal> Amount { get; } = Gen.OneOf(10m, 0m, 0.01m, 19.99m, -5.00m, 9_999_999_999.99m, 0.10m, -9_999_999_999.99m);

    /// <summary>On, just below and far from the thresholds that <see cref="RegionGenerators"/> makes.</summary>
    public static Gen<decimal> Score { get; } = Gen.Frequency(
        (20, Gen.OneOf(50m, 40m, 39.99m, 80m, 79.99m, 0m, 100m, 12.34m)),
        (1, Gen.OneOf(-0.01m, 100.01m)));

    public static Gen<T?> Required<T>(Gen<T> cell)
        where T : struct => cell.Nullable(RarelyNull);

    public static Gen<string?> RequiredText(Gen<string> cell) => NullAt(cell, RarelyNull);

    public static Gen<T?> Optional<T>(Gen<T> cell)
        where T : struct => cell.Nullable(OftenNull);

    public static Gen<string?> OptionalText(Gen<string> cell) => NullAt(cell, OftenNull);

    private static Gen<string?> NullAt(Gen<string> cell, double fraction) => cell.Null(fraction)!;

    private static DateTime[] EdgesOfDays(DateOnly runDate) =>
    [
        Start(runDate, 0).AddHours(12),
        Start(runDate, 0),
        Start(runDate, 1),
        Start(runDate, 1).AddMicroseconds(-1),
        Start(runDate, 0).AddMicroseconds(-1),
        Start(runDate, 2),
        Start(runDate, -29),
        Start(runDate, -29).AddMicroseconds(-1),
        Start(runDate, -30),
        Start(runDate, -10).AddHours(9),
    ];

    private static DateTime Start(DateOnly runDate, int days) => runDate.AddDays(days).ToDateTime(TimeOnly.MinValue);
}
