using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

/// <summary>An invented person. Surnames, domains and telephone numbers are such that nobody can have them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SyntheticPerson(string First, string Last, int Style)
{
    private const int Styles = 1000;

    private static readonly string[] FirstNames =
    [
        "Ada", "Aiko", "Amara", "Anders", "Beatriz", "Bruno", "Carla", "Chidi", "Daniel", "Devika", "Elena", "Emeka", "Farah", "Felix",
        "Grace", "Gustav", "Hana", "Hugo", "Imani", "Ines", "Ivan", "Jonas", "José", "Kavya", "Kofi", "Lars", "Leila", "Lucía", "Mateo",
        "Mei", "Nadia", "Noah", "Olga", "Omar", "Priya", "Quentin", "Rosa", "Samir", "Sofia", "Tariq", "Thandi", "Uma", "Viktor", "Wanda",
        "Xavier", "Yara", "Yusuf", "Zoë",
    ];

    private static readonly string[] LastNames =
    [
        "Anonson", "Blankenname", "Demovich", "Doesnotexist", "Dummyfield", "Examplar", "Fakenham", "Fictionowa", "Fixturini", "Illustrado",
        "Imaginov", "Inventado", "Loremberg", "Makebelieve", "Mockridge", "Modelsen", "Müstermann", "Nobodyson", "Notreal", "O'Sample",
        "Placeholt", "Pretendez", "Prototypi", "Pseudonymos", "Randomski", "Sampleton", "Specimenez", "Syntheticu", "Templeten",
        "Testerfield", "Testikainen", "Unrealov",
    ];

    public string FullName => Style switch
    {
        0 => $"{First} \"Tester\" {Last}",
        < 5 => $"{Last}, {First}",
        _ => $"{First} {Last}",
    };

    public static SyntheticPerson Pick(ref SyntheticRandom random) => new(
        FirstNames[random.Next(FirstNames.Length)], LastNames[random.Next(LastNames.Length)], random.Next(Styles));

    /// <summary>Numbers 555-0100 to 555-0199 are reserved for fiction.</summary>
    public static string PickPhone(ref SyntheticRandom random) => $"+1-{random.Between(201, 989)}-555-01{random.Next(100):00}";

    public string Email(long userId) => Style % 3 == 0
        ? $"user.{userId}@example.org"
        : $"{AsciiLower(First)}.{AsciiLower(Last)}.{userId}@example.com";

    private static string AsciiLower(string name) =>
        string.Concat(name.Where(char.IsAsciiLetter).Select(char.ToLowerInvariant));
}
