using System.Data.Common;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Reads LOYALTY.MASTER, by column name; columns that the design does not know are passed over.</summary>
public static class MasterTable
{
    public static IReadOnlyList<MasterRow> Read(DbConnection connection) =>
        Read(connection, "SELECT * FROM LOYALTY.MASTER ORDER BY USER_ID");

    /// <summary>Reads whatever yields Master's columns, for example what History says for a day.</summary>
    public static IReadOnlyList<MasterRow> Read(DbConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<MasterRow>();
        while (reader.Read())
            rows.Add(Row(reader));
        return rows;
    }

    private static MasterRow Row(DbDataReader reader)
    {
        var row = new MasterRow { UserId = reader.GetInt64(reader.GetOrdinal("USER_ID")) };
        foreach (var column in MasterColumn.All)
        {
            var ordinal = reader.GetOrdinal(column.Name);
            if (!reader.IsDBNull(ordinal))
                column.Read(reader.GetValue(ordinal), row);
        }

        return row;
    }
}
