using CsCheck;
using static LoyaltyPipeline.Core.Tests.Truth.Generators.DirtyCells;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

internal sealed class ProfileGenerators(DirtyCells cells)
{
    /// <summary>A profile for each of the users 1 to <paramref name="users"/>, and a few more for some of them.</summary>
    public Gen<IReadOnlyList<UserProfileRow>> Profiles(int users) => DirtyRows.With(
        SourceDefinitions.UserProfile,
        Gen.Select(Profile.Array[users], Profile.List[0, users / 3])
            .Select(
                (own, more) => own.Select((row, position) => row.UserId is null ? row : row with { UserId = position + 1 }).Concat(more)
                    .ToList()));

    private Gen<UserProfileRow> Profile => Gen.Select(
        Gen.Select(
            Required(cells.User), OptionalText(cells.Text), OptionalText(cells.Text), OptionalText(cells.Text), OptionalText(Region)),
        Gen.Select(
            RequiredText(Accepted("standard", "plus", "premium")),
            RequiredText(Accepted("active", "suspended", "closed")),
            Required(Gen.Bool),
            Required(cells.Time),
            Required(cells.Time)),
        (person, account) => new UserProfileRow(
            person.Item1, person.Item2, person.Item3, person.Item4, person.Item5,
            account.Item1, account.Item2, account.Item3, account.Item4, account.Item5));
}
