namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>The users of a region, of none, or of none that is known.</summary>
internal sealed class RegionGroup(string code, IReadOnlyList<MasterRow> users)
{
    private const string None = "(none)";
    private const string Unknown = "(unknown)";

    public string Code => code;

    public string? Name => code is None or Unknown ? null : users[0].RegionName;

    public string? Class => code is None or Unknown ? null : users[0].RegionClass;

    public IReadOnlyList<MasterRow> Users => users;

    public IReadOnlyList<MasterRow> Active { get; } = [.. users.Where(user => user.AccountStatus == "active")];

    public bool IsSmall => users.Count < 5;

    public static IEnumerable<RegionGroup> Of(IEnumerable<MasterRow> master) => master
        .GroupBy(
            user => user.RegionCode is null
                ? None
                : user.RegionName is null || user.RegionCode is "*" or None or Unknown ? Unknown : user.RegionCode, StringComparer.Ordinal)
        .Select(group => new RegionGroup(group.Key, [.. group]));

    /// <summary>Of the users with an active account those of whom something holds; null where nobody has one.</summary>
    public decimal? ShareOfActive(Func<MasterRow, bool> holds) => Share(Active.Count(holds), Active.Count);

    public static decimal? Share(long part, long whole) =>
        whole == 0 ? null : decimal.Round((decimal)part / whole, 4, MidpointRounding.AwayFromZero);
}
